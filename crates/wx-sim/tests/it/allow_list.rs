use crate::{
    http_client::{get, post},
    stage::{Stage, errcode},
};
use serde_json::{Value, json};
use std::net::IpAddr;
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, Options};

const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

async fn token(stage: &Stage) -> Value {
    let path = "/cgi-bin/token?grant_type=client_credential";
    get(&stage.url(&format!("{path}&appid={DEFAULT_APP_ID}&secret={DEFAULT_SECRET}"))).await.json()
}

#[tokio::test]
async fn a_caller_who_is_not_on_the_list_is_named() {
    let options = Options::default().allow_list([address("198.51.100.7")]).caller_ip(address("203.0.113.9"));
    let stage = Stage::with(options).await;
    let answer = token(&stage).await;
    assert_eq!(errcode(&answer), 40164);
    let message = answer["errmsg"].as_str().unwrap();
    assert!(
        message.starts_with("invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: "),
        "{message}"
    );

    stage.sim.change(|options| options.caller_ip(address("198.51.100.7"))).unwrap();
    assert_eq!(errcode(&token(&stage).await), 0);
}

#[tokio::test]
async fn the_address_of_the_connection_counts_and_every_call_is_looked_at() {
    let stage = Stage::with(Options::default().allow_list([address("127.0.0.1")])).await;
    let token = stage.token().await;
    stage.sim.change(|options| options.allow_list([])).unwrap();
    let refused = stage.create_with(&token, CODE).await;
    assert_eq!(errcode(&refused), 40164);
    assert!(refused["errmsg"].as_str().unwrap().contains("invalid ip 127.0.0.1 "));
    stage.sim.change(Options::allow_everybody).unwrap();
    assert_eq!(errcode(&stage.create_with(&token, CODE).await), 0);
}

#[tokio::test]
async fn the_operator_changes_the_account_over_http() {
    let stage = Stage::start().await;
    let url = stage.url("/sim/options");
    let shown = get(&url).await.json();
    assert_eq!((&shown["account_kind"], &shown["allow_list"]), (&json!("verified"), &Value::Null));

    let change = json!({ "allow_list": ["203.0.113.9"], "account_kind": "test", "permanent_cap": 1 });
    let changed = post(&url, change.to_string()).await.json();
    assert_eq!((&changed["allow_list"], &changed["permanent_cap"]), (&json!(["203.0.113.9"]), &json!(1)));
    assert_eq!(errcode(&token(&stage).await), 40164);
    post(&url, json!({ "caller_ip": "203.0.113.9", "secret_frozen": true }).to_string()).await;
    assert_eq!(errcode(&token(&stage).await), 40243);
    let secret = "ffeeddccbbaa99887766554433221100";
    let change = json!({ "allow_everybody": true, "secret_frozen": false, "secret": secret });
    assert!(!post(&url, change.to_string()).await.text().contains(secret));
    assert_eq!(errcode(&token(&stage).await), 40125);

    for (change, sentence) in [
        (json!({ "account_kind": "big" }), "the kind of an account is one of `verified`, `unverified`,"),
        (json!({ "secret": "short" }), "an AppSecret has 32 hex digits"),
        (json!({ "stable_renewal": 7200 }), "a stable token is renewed in its last 0 to 7199 seconds"),
        (json!({ "daily_limit": { "/nowhere": 1 } }), "calls to \"/nowhere\" have no limit"),
        (json!({ "allow_list": ["everybody"] }), "the body is not the JSON this route takes: "),
    ] {
        let answer = post(&url, change.to_string()).await;
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && error.starts_with(sentence), "{error}");
    }
    assert_eq!(get(&url).await.json()["permanent_cap"], 1, "a refused change changes nothing");
}

#[tokio::test]
async fn pages_of_other_addresses_may_not_use_the_control_routes() {
    let stage = Stage::start().await;
    let own = stage.sim.base_url();
    let port = stage.sim.address().port();
    for (host, header, value, status) in [
        ("", "origin", "http://evil.example", 403),
        ("", "origin", "null", 403),
        ("", "origin", own.as_str(), 200),
        ("localhost", "origin", &format!("http://localhost:{port}"), 200),
        ("[::1]", "sec-fetch-site", "same-origin", 200),
        ("evil.example", "origin", &format!("http://evil.example:{port}"), 403),
        ("evil.example", "sec-fetch-site", "same-origin", 403),
        ("simulator", "accept", "*/*", 200),
    ] {
        let mut request = http::Request::get(stage.url("/sim/clock")).header(header, value);
        if !host.is_empty() {
            request = request.header("host", format!("{host}:{port}"));
        }
        let request = request.body(http_body_util::Empty::<bytes::Bytes>::new()).unwrap();
        let executor = hyper_util::rt::TokioExecutor::new();
        let client = hyper_util::client::legacy::Client::builder(executor).build_http();
        assert_eq!(client.request(request).await.unwrap().status(), status, "{host} {header} {value}");
    }
}
