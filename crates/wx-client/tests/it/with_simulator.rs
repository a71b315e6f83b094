//! Against a platform that was written without knowing this client, over real sockets, on virtual time.

mod allowances;
mod clock_steps;
mod lost_answers;
mod outage;
mod same_token;
mod stampede;
mod storms;
mod world;
mod wrong_order;

use crate::account::NOON;
use world::{TAGS, World};
use wx_model::{
    CallbackCheckRequest, CheckAction, CheckOperator, CustomMessage, Lifetime, OpenId, TypingCommand,
    UserDataRequest,
};
use wx_sim::{Act, Callback, Fault};

#[tokio::test]
async fn what_passes_is_repeated() {
    let world = World::start().await;
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
    let World { sim, client, clock, .. } = World::with(|options| options.page_size(2)).await;
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
    assert_eq!(client.quotas().explain(refused.rid().unwrap()).await.unwrap().invoke_time, NOON);

    clock.pass(86_400);
    let yesterday = UserDataRequest::new("2026-01-01", "2026-01-01");
    let came: u64 =
        client.statistics().user_summary(&yesterday).await.unwrap().iter().map(|row| row.new_user).sum();
    assert_eq!(came, 3);
    assert_eq!(client.statistics().user_cumulate(&yesterday).await.unwrap()[0].cumulate_user, 3);
}
