use crate::{
    http_client::post,
    receiver::{Reaction, Receiver},
    stage::{ANNA, START, Stage, errcode},
};
use serde_json::{Value, json};
use wx_sim::{Component, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN, Error, Options};

const APP: &str = "wx9c00c1d2e3b4a5f6";
const SECRET: &str = "ffeeddccbbaa99887766554433221100";
const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;

/// The simulator and a third-party platform that hears of itself and of the account's followers at one address.
struct World {
    stage: Stage,
    receiver: Receiver,
}

impl World {
    async fn start() -> Self {
        Self::with(|component| component).await
    }

    async fn with(change: impl FnOnce(Component) -> Component) -> Self {
        let receiver = Receiver::that_says("success").await;
        let component = Component::new(APP, SECRET)
            .events_to(receiver.url() + "/events")
            .messages_to(receiver.url() + "/$APPID$/callback");
        let stage = Stage::with(Options::default().component(change(component))).await;
        Self { stage, receiver }
    }

    /// What stands in the clear XML of the newest push under this name.
    fn pushed(&self, name: &str) -> String {
        let seen = self.receiver.received().pop().unwrap();
        let encrypt = between(&seen.body, "<Encrypt><![CDATA[", "]]>");
        let query = |name: &str| seen.query[name].as_str();
        let parts = [DEFAULT_TOKEN, query("timestamp"), query("nonce"), encrypt];
        assert!(wx_crypto::verify(query("msg_signature"), parts) && query("encrypt_type") == "aes");
        let clear = wx_crypto::open(&DEFAULT_AES_KEY.parse().unwrap(), APP, encrypt).unwrap();
        let clear = String::from_utf8(clear).unwrap();
        between(&clear, &format!("<{name}>"), &format!("</{name}>"))
            .replace("<![CDATA[", "")
            .replace("]]>", "")
    }

    async fn post(&self, path: &str, query: &str, body: &Value) -> Value {
        post(&self.stage.url(&format!("/cgi-bin/component/{path}{query}")), body.to_string()).await.json()
    }

    async fn ticket(&self) -> String {
        assert!(self.stage.sim.push_verify_ticket().await.unwrap().succeeded());
        self.pushed("ComponentVerifyTicket")
    }

    async fn component_token(&self) -> String {
        let ticket = self.ticket().await;
        let answer = self.post("api_component_token", "", &token_body(&ticket)).await;
        assert_eq!(answer["expires_in"], 7200);
        answer["component_access_token"].as_str().unwrap().to_owned()
    }

    /// A call with a fresh component token.
    async fn call(&self, path: &str, body: &Value) -> Value {
        let query = format!("?component_access_token={}", self.component_token().await);
        self.post(path, &query, body).await
    }

    /// The first pair of an authorisation.
    async fn authorize(&self) -> (String, String) {
        assert!(self.stage.sim.authorize().await.unwrap().succeeded());
        let code = self.pushed("AuthorizationCode");
        let body = json!({ "component_appid": APP, "authorization_code": code });
        pair(&self.call("api_query_auth", &body).await["authorization_info"])
    }

    async fn refresh(&self, refresh_token: &str) -> Value {
        self.call("api_authorizer_token", &refresh_body(refresh_token)).await
    }

    async fn create(&self, token: &str) -> i64 {
        errcode(&self.stage.create_with(token, CODE).await)
    }
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    text.split_once(begin).unwrap().1.split_once(end).unwrap().0
}

fn token_body(ticket: &str) -> Value {
    json!({ "component_appid": APP, "component_appsecret": SECRET, "component_verify_ticket": ticket })
}

fn refresh_body(refresh_token: &str) -> Value {
    json!({
        "component_appid": APP, "authorizer_appid": DEFAULT_APP_ID, "authorizer_refresh_token": refresh_token,
    })
}

fn pair(answer: &Value) -> (String, String) {
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    assert_eq!(answer["expires_in"], 7200);
    (text("authorizer_access_token"), text("authorizer_refresh_token"))
}

#[tokio::test]
async fn the_five_steps_lead_to_a_token_of_the_account() {
    let world = World::start().await;
    let answer = world.call("api_create_preauthcode", &json!({ "component_appid": APP })).await;
    assert_eq!(answer["expires_in"], 600);
    let pre_auth_code = answer["pre_auth_code"].as_str().unwrap();

    world.stage.sim.authorize().await.unwrap();
    assert_eq!(world.pushed("InfoType"), "authorized");
    assert_eq!(
        (world.pushed("AuthorizerAppid"), world.pushed("PreAuthCode")),
        (DEFAULT_APP_ID.to_owned(), pre_auth_code.to_owned())
    );
    assert_eq!(world.pushed("AuthorizationCodeExpiredTime"), (START + 3600).to_string());
    let body = json!({ "component_appid": APP, "authorization_code": world.pushed("AuthorizationCode") });
    let information = world.call("api_query_auth", &body).await["authorization_info"].clone();
    assert_eq!(information["authorizer_appid"], DEFAULT_APP_ID);
    assert_eq!(information["func_info"][2], json!({ "funcscope_category": { "id": 3 } }));
    let (access, refresh) = pair(&information);
    assert_eq!(world.create(&access).await, 0);

    let (next, _) = pair(&world.refresh(&refresh).await);
    assert_eq!((world.create(&access).await, world.create(&next).await), (0, 0));
    world.stage.pass(300);
    assert_eq!((world.create(&access).await, world.create(&next).await), (40001, 0));
    assert!(world.stage.transcript().contains("access_token=<authorizer 2>"));
}

#[tokio::test]
async fn a_ticket_is_good_for_twelve_hours() {
    let world = World::start().await;
    let ticket = world.ticket().await;
    let world = &world;
    let refused = |body: Value| async move { errcode(&world.post("api_component_token", "", &body).await) };
    for (body, expected) in [
        (json!({}), 41018),
        (json!({ "component_appid": "wx0000000000000000" }), 61011),
        (json!({ "component_appid": APP, "component_appsecret": "x" }), 40094),
        (token_body("ticket@@@other"), 61006),
        (token_body(&ticket), 0),
    ] {
        assert_eq!(refused(body).await, expected);
    }
    let newer = world.ticket().await;
    assert_ne!(newer, ticket);
    world.stage.pass(12 * 3600 - 1);
    assert_eq!(refused(token_body(&ticket)).await, 0, "an older one works to its own end");
    world.stage.pass(1);
    assert_eq!(refused(token_body(&ticket)).await, 61005);
}

#[tokio::test]
async fn only_success_answers_a_notice() {
    let receiver =
        Receiver::start(|number, _| Reaction::ok(["", "ok", "success", "success"][number - 1])).await;
    let component = Component::new(APP, SECRET).events_to(receiver.url());
    let stage = Stage::with(Options::default().component(component)).await;
    let delivery = stage.sim.push_verify_ticket().await.unwrap();
    assert!(delivery.succeeded() && delivery.attempts.len() == 3);
    let again = stage.sim.redeliver(&delivery.push).await;
    assert!(again.succeeded() && again.push == delivery.push);
    assert!(receiver.received()[0].body.contains(&format!("<AppId><![CDATA[{APP}]]></AppId>")));
    assert!(!receiver.received()[0].query.contains_key("openid"));
}

#[tokio::test]
async fn a_code_is_good_once_for_an_hour() {
    let world = World::start().await;
    world.stage.sim.authorize().await.unwrap();
    let body = json!({ "component_appid": APP, "authorization_code": world.pushed("AuthorizationCode") });
    assert!(world.call("api_query_auth", &body).await["authorization_info"].is_object());
    assert_eq!(errcode(&world.call("api_query_auth", &body).await), 61009);
    world.stage.sim.authorize().await.unwrap();
    assert_eq!(world.pushed("InfoType"), "updateauthorized");
    let body = json!({ "component_appid": APP, "authorization_code": world.pushed("AuthorizationCode") });
    world.stage.pass(3600);
    assert_eq!(errcode(&world.call("api_query_auth", &body).await), 61010);
}

#[tokio::test]
async fn a_refresh_token_works_until_a_newer_one_was_used() {
    let world = World::start().await;
    let (_, first) = world.authorize().await;
    // Two answers are lost, so the first is asked for again.
    world.refresh(&first).await;
    world.refresh(&first).await;
    let (_, second) = pair(&world.refresh(&first).await);
    assert_ne!(first, second);
    pair(&world.refresh(&second).await);
    assert_eq!(errcode(&world.refresh(&first).await), 61023);
    let mut body = refresh_body(&second);
    body["authorizer_appid"] = json!("wx0000000000000000");
    assert_eq!(errcode(&world.call("api_authorizer_token", &body).await), 61003);
    world.authorize().await;
    assert_eq!(errcode(&world.refresh(&second).await), 61023, "a new grant ends them all");
}

#[tokio::test]
async fn tokens_are_of_their_own_kind() {
    let world = World::start().await;
    let (access, refresh) = world.authorize().await;
    let component = world.component_token().await;
    assert_eq!(world.create(&component).await, 61015);
    let body = refresh_body(&refresh);
    for (query, expected) in [
        (String::new(), 41021),
        (format!("?component_access_token={access}"), 61014),
        ("?component_access_token=76_foreign".to_owned(), 40094),
    ] {
        assert_eq!(errcode(&world.post("api_authorizer_token", &query, &body).await), expected);
    }
    world.stage.pass(7200);
    let query = format!("?component_access_token={component}");
    assert_eq!(errcode(&world.post("api_authorizer_token", &query, &body).await), 42006);
    assert_eq!(world.create(&access).await, 42001);
}

#[tokio::test]
async fn what_was_not_granted_is_refused() {
    let world = World::with(|component| component.permissions([2])).await;
    let (access, _) = world.authorize().await;
    assert_eq!(world.create(&access).await, 61007);
    let url = world.stage.url(&format!("/cgi-bin/tags/get?access_token={access}"));
    assert_eq!(errcode(&crate::http_client::get(&url).await.json()), 0);
    let shorten = world.stage.url(&format!("/cgi-bin/shorten/gen?access_token={access}"));
    assert_eq!(errcode(&post(&shorten, r#"{"long_data":"a"}"#).await.json()), 61007);
}

#[tokio::test]
async fn an_authorised_platform_hears_of_the_followers_until_it_is_withdrawn() {
    let world = World::start().await;
    world.stage.sim.follow_plain("before").await.unwrap();
    let (access, refresh) = world.authorize().await;
    let delivery = world.stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(delivery.others[0].receiver, "component");
    let seen = world.receiver.received().pop().unwrap();
    assert_eq!(seen.path, format!("/wx/callback/{DEFAULT_APP_ID}/callback"));
    assert!(seen.body.contains("<ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName>"));
    assert_eq!(world.pushed("FromUserName"), ANNA);

    world.stage.sim.unauthorize().await.unwrap();
    assert_eq!(world.pushed("InfoType"), "unauthorized");
    assert_eq!(world.create(&access).await, 61003);
    assert_eq!(errcode(&world.refresh(&refresh).await), 61003);
    assert!(world.stage.sim.unfollow(ANNA).await.unwrap().others.is_empty());
    assert!(matches!(world.stage.sim.unauthorize().await, Err(Error::NotAuthorized)));
}

#[tokio::test]
async fn a_third_party_platform_is_configured_over_http() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    assert!(matches!(stage.sim.push_verify_ticket().await, Err(Error::NoComponent)));
    assert_eq!(post(&stage.url("/sim/component/ticket"), "").await.status, 409);
    let body = json!({
        "app_id": APP, "secret": SECRET, "events_url": receiver.url(), "token": "Another1",
        "aes_key": "a".repeat(43), "permissions": [3], "messages_url": "http://127.0.0.1:1/$APPID$",
    });
    assert_eq!(post(&stage.url("/sim/component"), body.to_string()).await.json(), json!({ "app_id": APP }));
    for name in ["ticket", "authorize", "unauthorize"] {
        let answer = post(&stage.url(&format!("/sim/component/{name}")), "").await.json();
        assert_eq!(answer["succeeded"], true, "{name}");
    }
    assert_eq!(post(&stage.url("/sim/component/unauthorize"), "").await.status, 409);
    for (name, value) in
        [("app_id", "wx"), ("secret", "s"), ("token", "a"), ("aes_key", "k"), ("events_url", "x")]
    {
        let mut body = body.clone();
        body[name] = json!(value);
        assert_eq!(post(&stage.url("/sim/component"), body.to_string()).await.status, 400, "{name}");
    }
}

#[tokio::test]
async fn no_secret_of_the_steps_stands_in_the_transcript() {
    let world = World::start().await;
    let (access, refresh) = world.authorize().await;
    world.refresh(&refresh).await;
    world.create(&access).await;
    let transcript = format!("{:?}", world.stage.sim.transcript());
    for secret in [SECRET, &access, &refresh, DEFAULT_TOKEN, "ticket@@@", "queryauthcode@@@", "76_"] {
        assert!(!transcript.contains(secret), "{secret}");
    }
}
