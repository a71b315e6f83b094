//! A third-party platform (第三方平台, protocol §1.7) over real sockets: what the platform pushes to it, what it asks for,
//! and what it must not lose when its process ends.

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    routing::post,
};
use scenarios::Clock;
use serde_json::Value;
use std::{path::Path, sync::Arc};
use tempfile::TempDir;
use tokio::net::TcpListener;
use wx_client::{Client, Component, ComponentStore, Error, RetryPolicy};
use wx_events::{Callback, CallbackQuery};
use wx_model::{AppId, CreateRequest, Lifetime, Scene};
use wx_qrcode::QrCodes;
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN, Fault, Options, Random, Simulator};
use wx_store::SqliteTokenStore;

const COMPONENT: &str = "wx9c00c1d2e3b4a5f6";
const SECRET: &str = "ffeeddccbbaa99887766554433221100";
const REFRESH: &str = "/cgi-bin/component/api_authorizer_token";
const REDEEM: &str = "/cgi-bin/component/api_query_auth";

/// The platform, and where it pushes its notices to.
struct World {
    sim: Simulator,
    clock: Clock,
    folder: TempDir,
    listener: Option<TcpListener>,
}

impl World {
    async fn start() -> Self {
        let clock = Clock::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let events = format!("http://{}/events", listener.local_addr().unwrap());
        let component = wx_sim::Component::new(COMPONENT, SECRET).events_to(events);
        let hands = clock.clone();
        let options =
            Options::default().clock(wx_sim::Clock::new(move || hands.now())).random(Random::seeded(1));
        let sim = Simulator::start(options.component(component)).await.unwrap();
        Self { sim, clock, folder: tempfile::tempdir().unwrap(), listener: Some(listener) }
    }

    /// A process of the third-party platform, with nothing but what stands in the file.
    fn process(&self) -> Process {
        Process::start(&self.folder.path().join("tokens.db"), &self.sim, &self.clock)
    }

    /// Serves the notices with this process from now on.
    fn serve(&mut self, process: &Process) {
        let key = DEFAULT_AES_KEY.parse().unwrap();
        let callback = Callback::safe(DEFAULT_TOKEN.into(), key, AppId::new(COMPONENT));
        let state = Arc::new((callback, process.component.clone(), self.clock.clone()));
        let router = Router::new().route("/events", post(events)).with_state(state);
        tokio::spawn(axum::serve(self.listener.take().unwrap(), router).into_future());
    }

    /// The platform has pushed a ticket, and the owner has authorised.
    async fn authorized(&mut self) -> Process {
        let process = self.process();
        self.serve(&process);
        assert!(self.sim.push_verify_ticket().await.unwrap().succeeded());
        assert!(self.sim.authorize().await.unwrap().succeeded());
        process
    }

    /// The calls of the transcript from this entry on, without numbers.
    fn calls_after(&self, before: usize) -> String {
        let calls = self.sim.transcript().into_iter().skip(before).map(|entry| entry.to_string());
        let calls = calls.filter_map(|line| Some(line.split_once(" call ")?.1.to_owned() + "\n"));
        calls.collect()
    }
}

type Events = Arc<(Callback, Component, Clock)>;

/// What the README of `wx-client` asks for: open the push, take the notice, answer `success`.
async fn events(
    State(state): State<Events>,
    Query(query): Query<CallbackQuery>,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let (callback, component, clock) = &*state;
    let push = callback.open(&query, &body, clock.now()).map_err(|_| StatusCode::FORBIDDEN)?;
    let notice = push.notice().ok_or(StatusCode::BAD_REQUEST)?;
    match component.take(notice, clock.now()).await {
        Ok(()) => Ok("success"),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

struct Process {
    store: SqliteTokenStore,
    component: Component,
    client: Client,
}

impl Process {
    fn start(file: &Path, sim: &Simulator, clock: &Clock) -> Self {
        let store = SqliteTokenStore::open(file).unwrap();
        let [hands, wall] = [clock.clone(), clock.clone()];
        let builder = Client::builder(COMPONENT, SECRET).api_base(sim.base_url());
        let component = builder
            .clock(move || hands.elapsed())
            .wall_clock(move || wall.now())
            .component(store.clone())
            .unwrap();
        let [hands, wall] = [clock.clone(), clock.clone()];
        let client = Client::with_token_source(DEFAULT_APP_ID, component.authorizer(DEFAULT_APP_ID))
            .api_base(sim.base_url())
            .clock(move || hands.elapsed())
            .wall_clock(move || wall.now())
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        Self { store, component, client }
    }

    async fn code(&self) -> Result<(), wx_qrcode::Error> {
        let request = CreateRequest::temporary(Scene::str("shop-042").unwrap(), Lifetime::days(30).unwrap());
        QrCodes::new(self.client.clone()).create(&request).await.map(drop)
    }

    async fn tags(&self) -> Result<Value, Error> {
        self.client.get_json("/cgi-bin/tags/get", &[]).await
    }

    async fn refresh_token(&self) -> Option<String> {
        let token = self.store.refresh_token(&COMPONENT.into(), &DEFAULT_APP_ID.into()).await.unwrap();
        token.map(|token| token.expose().to_owned())
    }
}

#[tokio::test]
async fn from_the_ticket_to_a_code_of_the_account() {
    let mut world = World::start().await;
    let process = world.authorized().await;
    assert_eq!(process.component.pre_auth_code().await.unwrap().1.as_secs(), 600);
    process.code().await.unwrap();
    insta::assert_snapshot!(world.calls_after(0), @r#"
    POST /cgi-bin/component/api_component_token {"component_appid":"wx9c00c1d2e3b4a5f6","component_appsecret":"[redacted]","component_verify_ticket":"[redacted]"}: 200 errcode 0, <component 1> for 7200 s
    POST /cgi-bin/component/api_query_auth?component_access_token=<component 1> {"authorization_code":"[redacted]","component_appid":"wx9c00c1d2e3b4a5f6"}: 200 errcode 0, <authorizer 1> for 7200 s
    POST /cgi-bin/component/api_create_preauthcode?component_access_token=<component 1> {"component_appid":"wx9c00c1d2e3b4a5f6"}: 200 errcode 0, a code for 600 s
    POST /cgi-bin/qrcode/create?access_token=<authorizer 1> {"expire_seconds":2592000,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"shop-042"}}}: 200 errcode 0, QR_STR_SCENE scene "shop-042" for 2592000 s
    "#);
}

#[tokio::test]
async fn a_refresh_token_that_changed_outlives_the_process() {
    let mut world = World::start().await;
    let first = world.authorized().await;
    let mut known = vec![first.refresh_token().await.unwrap()];
    drop(first);
    for _restart in 0..5 {
        // Each process is the only one there is, and the platform gives each another refresh token.
        let process = world.process();
        process.code().await.unwrap();
        world.clock.advance(7200);
        assert!(world.sim.push_verify_ticket().await.is_ok());
        process.code().await.unwrap();
        known.push(process.refresh_token().await.unwrap());
        world.clock.advance(7200);
    }
    let changes = known.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!(changes, 5);
    assert_eq!(world.sim.codes().len(), 10);
}

/// The answer that brought the new pair is lost: the old refresh token is still there, and works.
#[tokio::test]
async fn a_lost_answer_does_not_cost_the_authorisation() {
    let mut world = World::start().await;
    let process = world.authorized().await;
    let before = process.refresh_token().await;
    // The token that came with the code has ended, so there is something to ask for.
    world.clock.advance(7200);
    assert!(world.sim.push_verify_ticket().await.is_ok());
    for fault in [Fault::reset(), Fault::cut_json(), Fault::html(), Fault::empty(), Fault::status(502)] {
        world.sim.inject(fault.after_effect().on(REFRESH)).unwrap();
        process.code().await.unwrap_err();
        assert_eq!(process.refresh_token().await, before);
        world.clock.advance(60);
    }
    world.process().code().await.unwrap();
    assert_ne!(process.refresh_token().await, before);
}

#[tokio::test]
async fn tokens_of_both_kinds_are_renewed_when_they_end_and_replaced_when_they_are_refused() {
    let mut world = World::start().await;
    let process = world.authorized().await;
    process.tags().await.unwrap();
    let before = world.sim.transcript().len();
    for _hour in 0..4 {
        world.clock.advance(3600);
        process.tags().await.unwrap();
    }
    world.sim.inject(Fault::errcode(42006).on(REFRESH)).unwrap();
    world.sim.inject(Fault::errcode(42001).on("/cgi-bin/tags/get")).unwrap();
    process.tags().await.unwrap();
    insta::assert_snapshot!(world.calls_after(before), @r#"
    GET /cgi-bin/tags/get?access_token=<authorizer 1>: 200 errcode 0, 1 tags
    POST /cgi-bin/component/api_component_token {"component_appid":"wx9c00c1d2e3b4a5f6","component_appsecret":"[redacted]","component_verify_ticket":"[redacted]"}: 200 errcode 0, <component 2> for 7200 s
    POST /cgi-bin/component/api_authorizer_token?component_access_token=<component 2> {"authorizer_appid":"wx7a3f00c1d2e3b4a5","authorizer_refresh_token":"[redacted]","component_appid":"wx9c00c1d2e3b4a5f6"}: 200 errcode 0, <authorizer 2> for 7200 s
    GET /cgi-bin/tags/get?access_token=<authorizer 2>: 200 errcode 0, 1 tags
    GET /cgi-bin/tags/get?access_token=<authorizer 2>: 200 errcode 0, 1 tags
    POST /cgi-bin/component/api_component_token {"component_appid":"wx9c00c1d2e3b4a5f6","component_appsecret":"[redacted]","component_verify_ticket":"[redacted]"}: 200 errcode 0, <component 3> for 7200 s
    POST /cgi-bin/component/api_authorizer_token?component_access_token=<component 3> {"authorizer_appid":"wx7a3f00c1d2e3b4a5","authorizer_refresh_token":"[redacted]","component_appid":"wx9c00c1d2e3b4a5f6"}: 200 errcode 0, <authorizer 3> for 7200 s
    GET /cgi-bin/tags/get?access_token=<authorizer 3>: 200 errcode 0, 1 tags
    GET /cgi-bin/tags/get?access_token=<authorizer 3>: errcode 42001, access_token expired; fault: errcode 42001
    POST /cgi-bin/component/api_authorizer_token?component_access_token=<component 3> {"authorizer_appid":"wx7a3f00c1d2e3b4a5","authorizer_refresh_token":"[redacted]","component_appid":"wx9c00c1d2e3b4a5f6"}: errcode 42006, component_access_token expired; fault: errcode 42006
    POST /cgi-bin/component/api_component_token {"component_appid":"wx9c00c1d2e3b4a5f6","component_appsecret":"[redacted]","component_verify_ticket":"[redacted]"}: 200 errcode 0, <component 4> for 7200 s
    POST /cgi-bin/component/api_authorizer_token?component_access_token=<component 4> {"authorizer_appid":"wx7a3f00c1d2e3b4a5","authorizer_refresh_token":"[redacted]","component_appid":"wx9c00c1d2e3b4a5f6"}: 200 errcode 0, <authorizer 4> for 7200 s
    GET /cgi-bin/tags/get?access_token=<authorizer 4>: 200 errcode 0, 1 tags
    "#);
}

#[tokio::test]
async fn when_the_owner_withdraws_calls_end_with_what_to_do() {
    let mut world = World::start().await;
    let process = world.authorized().await;
    process.tags().await.unwrap();
    let before = world.sim.transcript().len();
    assert!(world.sim.unauthorize().await.unwrap().succeeded());
    assert_eq!(process.refresh_token().await, None);
    // The token in hand is dead; there is no other, and nobody asks in a loop.
    for _call in 0..3 {
        let error = process.tags().await.unwrap_err();
        let said = error.to_string();
        let without_rid = said.split(" rid: ").next().unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!(without_rid, @r#"/cgi-bin/tags/get was refused with 61003 component_not_authorized: Account has not authorised this third-party platform (or withdrew); the platform says "component is not authorized by this account"#);
        }
    }
    insta::assert_snapshot!(world.calls_after(before), @"
    GET /cgi-bin/tags/get?access_token=<authorizer 1>: 200 errcode 61003, component is not authorized by this account
    GET /cgi-bin/tags/get?access_token=<authorizer 1>: 200 errcode 61003, component is not authorized by this account
    GET /cgi-bin/tags/get?access_token=<authorizer 1>: 200 errcode 61003, component is not authorized by this account
    ");
    insta::assert_snapshot!(world.process().tags().await.unwrap_err(), @"no access_token: there is no refresh token of wx7a3f00c1d2e3b4a5; its owner must authorise this third-party platform (anew)");

    assert!(world.sim.authorize().await.unwrap().succeeded());
    world.process().tags().await.unwrap();
}

/// The platform's answer to a code is lost. The code has been used; only the owner can give another.
#[tokio::test]
async fn a_code_whose_answer_was_lost_is_said_to_be_so() {
    let mut world = World::start().await;
    let process = world.process();
    world.serve(&process);
    world.sim.push_verify_ticket().await.unwrap();
    world.sim.inject(Fault::reset().after_effect().on(REDEEM)).unwrap();
    let delivery = world.sim.authorize().await.unwrap();
    assert!(!delivery.succeeded() && process.refresh_token().await.is_none());
    assert!(world.sim.authorize().await.unwrap().succeeded());
    process.tags().await.unwrap();
}
