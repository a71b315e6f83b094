//! Against a platform that was written without knowing this client, over real sockets, on virtual time.

use serde_json::{Value, json};
use std::time::Duration;
use wx_client::{Call, Client, Error, Repeat, RetryPolicy};
use wx_model::{
    CallbackCheckRequest, CheckAction, CheckOperator, CustomMessage, ErrCode, Lifetime, OpenId,
    TypingCommand, UserDataRequest,
};
use wx_sim::{Act, Callback, Clock, DEFAULT_APP_ID, DEFAULT_SECRET, EntryKind, Fault, Options, Simulator};

const CREATE: &str = "/cgi-bin/qrcode/create";
const STABLE: &str = "/cgi-bin/stable_token";
const TAGS: &str = "/cgi-bin/tags/get";
/// 2026-01-01 09:00 in Beijing.
const MORNING: i64 = 1_767_229_200;

struct World {
    sim: Simulator,
    client: Client,
}

impl World {
    async fn with(change: impl FnOnce(Options) -> Options) -> Self {
        let clock = Clock::manual(MORNING);
        let sim = Simulator::start(change(Options::deterministic().clock(clock.clone()))).await.unwrap();
        let [steady, wall, pause] = [(); 3].map(|()| clock.clone());
        let client = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET)
            .api_base(sim.base_url())
            .retry(RetryPolicy::default().pauses(Duration::from_secs(1), Duration::from_secs(5)))
            .clock(move || Duration::from_secs((steady.now() - MORNING).unsigned_abs()))
            .wall_clock(move || wall.now())
            .random(|| u64::MAX)
            .pause(move |time| {
                pause.advance(i64::try_from(time.as_secs()).unwrap()).unwrap();
                std::future::ready(())
            })
            .build()
            .unwrap();
        Self { sim, client }
    }

    /// A permanent code, as `wx-qrcode` asks for it.
    async fn place(&self, scene: u32) -> Result<Value, Error> {
        let body =
            json!({ "action_name": "QR_LIMIT_SCENE", "action_info": { "scene": { "scene_id": scene } } });
        let call = Call::post(CREATE, &body).unwrap().repeat(Repeat::IfNotDone).allowance("permanent codes");
        self.client.call(&call).await
    }

    async fn tags(&self) -> Result<Value, Error> {
        self.client.get_json(TAGS, &[]).await
    }

    fn calls(&self, wanted: &str) -> usize {
        let is_wanted = |kind: &EntryKind| matches!(kind, EntryKind::Call { path, .. } if path == wanted);
        self.sim.transcript().iter().filter(|entry| is_wanted(&entry.kind)).count()
    }
}

#[tokio::test]
async fn a_token_that_is_refused_while_a_hundred_calls_are_in_flight_is_replaced_once() {
    let world = World::with(|options| options).await;
    world.tags().await.unwrap();
    world.sim.revoke_tokens();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = world.client.clone();
            tokio::spawn(async move { client.get_json::<Value>(TAGS, &[]).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(world.calls(STABLE), 2);
    assert!((102..=201).contains(&world.calls(TAGS)));
}

#[tokio::test]
async fn a_thousand_lost_answers_make_a_thousand_codes_and_not_one_more() {
    let world = World::with(|options| options.transcript_limit(5_000)).await;
    world.sim.inject(Fault::reset().after_effect().on(CREATE).times(1_000)).unwrap();
    for scene in 1..=1_000 {
        let error = world.place(scene).await.unwrap_err();
        assert!(error.may_have_been_done(), "{error}");
    }
    assert_eq!((world.calls(CREATE), world.sim.codes().len()), (1_000, 1_000));
}

#[tokio::test]
async fn when_the_places_are_taken_the_platform_is_left_alone() {
    let world = World::with(|options| options.permanent_cap(3)).await;
    let mut outcomes = Vec::new();
    for scene in 1..=20 {
        outcomes.push(world.place(scene).await.map_or_else(|error| error.errcode(), |_| Some(ErrCode::OK)));
    }
    assert_eq!(outcomes[..3], [Some(ErrCode::OK); 3]);
    assert!(outcomes[3..].iter().all(|code| *code == Some(ErrCode::QRCODE_COUNT_LIMIT)));
    insta::assert_snapshot!(world.sim.transcript_text(), @r#"
    1 call POST /cgi-bin/stable_token {"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"[redacted]","force_refresh":false}: 200 errcode 0, <stable 1> for 7200 s
    2 call POST /cgi-bin/qrcode/create?access_token=<stable 1> {"action_info":{"scene":{"scene_id":1}},"action_name":"QR_LIMIT_SCENE"}: 200 errcode 0, QR_LIMIT_SCENE scene "1" for ever
    3 call POST /cgi-bin/qrcode/create?access_token=<stable 1> {"action_info":{"scene":{"scene_id":2}},"action_name":"QR_LIMIT_SCENE"}: 200 errcode 0, QR_LIMIT_SCENE scene "2" for ever
    4 call POST /cgi-bin/qrcode/create?access_token=<stable 1> {"action_info":{"scene":{"scene_id":3}},"action_name":"QR_LIMIT_SCENE"}: 200 errcode 0, QR_LIMIT_SCENE scene "3" for ever
    5 call POST /cgi-bin/qrcode/create?access_token=<stable 1> {"action_info":{"scene":{"scene_id":4}},"action_name":"QR_LIMIT_SCENE"}: 200 errcode 45029, qrcode count out of limit
    "#);
}

#[tokio::test]
async fn a_used_up_day_is_silent_until_midnight_in_beijing() {
    let world = World::with(|options| options.daily_limit(TAGS, 2)).await;
    for _hour in 9..24 {
        world.tags().await.ok();
        world.sim.advance(3600).unwrap();
    }
    let error = world.tags().await;
    insta::assert_snapshot!(world.sim.transcript_text(), @r#"
    1 call POST /cgi-bin/stable_token {"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"[redacted]","force_refresh":false}: 200 errcode 0, <stable 1> for 7200 s
    2 call GET /cgi-bin/tags/get?access_token=<stable 1>: 200 errcode 0, 1 tags
    3 call GET /cgi-bin/tags/get?access_token=<stable 1>: 200 errcode 0, 1 tags
    4 call POST /cgi-bin/stable_token {"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"[redacted]","force_refresh":false}: 200 errcode 0, <stable 2> for 7200 s
    5 call GET /cgi-bin/tags/get?access_token=<stable 2>: 200 errcode 45009, reach max api daily quota limit
    6 call POST /cgi-bin/stable_token {"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"[redacted]","force_refresh":false}: 200 errcode 0, <stable 3> for 7200 s
    7 call GET /cgi-bin/tags/get?access_token=<stable 3>: 200 errcode 0, 1 tags
    "#);
    error.unwrap();
}

#[tokio::test]
async fn what_passes_is_repeated() {
    let world = World::with(|options| options).await;
    for fault in [Fault::errcode(-1), Fault::status(502), Fault::html()] {
        world.sim.inject(fault.on(TAGS)).unwrap();
    }
    world.tags().await.unwrap();
    world.sim.inject(Fault::cut_json().on(TAGS).times(3)).unwrap();
    world.tags().await.unwrap();
    world.sim.inject(Fault::reset().on(TAGS).times(4)).unwrap();
    world.tags().await.unwrap_err();
    insta::assert_snapshot!(world.sim.transcript_text(), @r#"
    1 call POST /cgi-bin/stable_token {"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"[redacted]","force_refresh":false}: 200 errcode 0, <stable 1> for 7200 s
    2 call GET /cgi-bin/tags/get?access_token=<stable 1>: errcode -1, system error; fault: errcode -1
    3 call GET /cgi-bin/tags/get?access_token=<stable 1>: fault: status 502
    4 call GET /cgi-bin/tags/get?access_token=<stable 1>: fault: HTML with 200
    5 call GET /cgi-bin/tags/get?access_token=<stable 1>: 200 errcode 0, 1 tags
    6 call GET /cgi-bin/tags/get?access_token=<stable 1>: errcode 0, 1 tags; fault: half of the answer, after the effect
    7 call GET /cgi-bin/tags/get?access_token=<stable 1>: errcode 0, 1 tags; fault: half of the answer, after the effect
    8 call GET /cgi-bin/tags/get?access_token=<stable 1>: errcode 0, 1 tags; fault: half of the answer, after the effect
    9 call GET /cgi-bin/tags/get?access_token=<stable 1>: 200 errcode 0, 1 tags
    10 call GET /cgi-bin/tags/get?access_token=<stable 1>: fault: connection reset
    11 call GET /cgi-bin/tags/get?access_token=<stable 1>: fault: connection reset
    12 call GET /cgi-bin/tags/get?access_token=<stable 1>: fault: connection reset
    13 call GET /cgi-bin/tags/get?access_token=<stable 1>: fault: connection reset
    "#);
}

#[tokio::test]
async fn every_call_with_a_name_is_understood() {
    let World { sim, client } = World::with(|options| options.page_size(2)).await;
    for name in ["anna", "bert", "carl"] {
        sim.act(Act::follow(name)).await.unwrap();
    }
    let people = ["anna", "bert"].map(OpenId::from);

    assert!(client.users().info("anna").await.unwrap().subscribe);
    assert_eq!(client.users().infos(&people).await.unwrap().len(), 2);
    let (mut pages, mut followers) = (client.users().pages(), Vec::new());
    while let Some(page) = pages.next().await {
        followers.extend(page.unwrap().data.openid);
    }
    assert_eq!(followers, ["anna", "bert", "carl"].map(OpenId::from));

    let tag = client.tags().create("渠道:SH-0117").await.unwrap();
    client.tags().give(tag.id, &people).await.unwrap();
    let count =
        |tags: Vec<wx_model::Tag>| tags.into_iter().find(|it| it.id == tag.id).and_then(|it| it.count);
    assert_eq!(count(client.tags().list().await.unwrap()), Some(2));
    client.tags().take(tag.id, &people[..1]).await.unwrap();
    assert_eq!(client.tags().people_page(tag.id, None).await.unwrap().data.openid, people[1..]);
    client.tags().delete(tag.id).await.unwrap();
    assert_eq!(count(client.tags().list().await.unwrap()), None);

    sim.say("anna", "hello").await.unwrap();
    client.messages().typing("anna", TypingCommand::Typing).await.unwrap();
    client.messages().send(&CustomMessage::text("anna", "Welcome")).await.unwrap();
    assert_eq!(sim.messages().len(), 1);

    let key = client.short_keys().make("shop 42", Lifetime::days(1).unwrap()).await.unwrap();
    assert_eq!(client.short_keys().fetch(key).await.unwrap().long_data, "shop 42");

    sim.configure(Callback::to("http://127.0.0.1:9/wx")).unwrap();
    let check = CallbackCheckRequest::new(CheckAction::Dns, CheckOperator::Default);
    assert_eq!(client.network().check_callback(&check).await.unwrap().dns.len(), 1);
    assert!(!client.network().callback_ips().await.unwrap().is_empty());
    assert!(!client.network().api_ips().await.unwrap().is_empty());

    let used = async || client.quotas().get("/cgi-bin/user/info").await.unwrap().quota.used;
    assert_eq!(used().await, 1);
    client.quotas().clear("/cgi-bin/user/info").await.unwrap();
    assert_eq!(used().await, 0);
    client.quotas().clear_all().await.unwrap();
    client.quotas().clear_all_by_secret().await.unwrap();
    let refused = client.users().info("nobody").await.unwrap_err();
    assert_eq!(client.quotas().explain(refused.rid().unwrap()).await.unwrap().invoke_time, MORNING);

    sim.advance(86_400).unwrap();
    let yesterday = UserDataRequest::new("2026-01-01", "2026-01-01");
    let came: u64 =
        client.statistics().user_summary(&yesterday).await.unwrap().iter().map(|row| row.new_user).sum();
    assert_eq!(came, 3);
    assert_eq!(client.statistics().user_cumulate(&yesterday).await.unwrap()[0].cumulate_user, 3);
}
