use crate::{
    http_client::{get, post, send},
    stage::{Stage, errcode},
};
use http::Method;
use serde_json::{Value, json};
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET};

const OTHER_SECRET: &str = "ffeeddccbbaa99887766554433221100";

/// A code that any valid token may create.
const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;

async fn stable(stage: &Stage, body: &Value) -> Value {
    post(&stage.url("/cgi-bin/stable_token"), body.to_string()).await.json()
}

async fn get_stable(stage: &Stage, force: bool) -> (String, i64) {
    let answer = stable(stage, &request(force)).await;
    (answer["access_token"].as_str().unwrap().to_owned(), answer["expires_in"].as_i64().unwrap())
}

fn request(force: bool) -> Value {
    json!({
        "grant_type": "client_credential", "appid": DEFAULT_APP_ID, "secret": DEFAULT_SECRET, "force_refresh": force,
    })
}

/// The code that a call with this token gets.
async fn standing(stage: &Stage, token: &str) -> i64 {
    errcode(&stage.create_with(token, CODE).await)
}

#[tokio::test]
async fn a_classic_token_says_its_life_and_works() {
    let stage = Stage::start().await;
    let query = format!("grant_type=client_credential&appid={DEFAULT_APP_ID}&secret={DEFAULT_SECRET}");
    let answer = get(&stage.url(&format!("/cgi-bin/token?{query}"))).await;
    assert_eq!((answer.status, answer.json()["expires_in"].as_i64()), (200, Some(7200)));
    assert!(answer.json().get("errcode").is_none());
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("76_") && (100..512).contains(&token.len()), "{token}");
    assert_eq!(standing(&stage, &token).await, 0);
}

#[tokio::test]
async fn each_classic_call_makes_a_new_token_and_the_old_one_works_five_more_minutes() {
    let stage = Stage::start().await;
    let (old, new) = (stage.token().await, stage.token().await);
    assert_ne!(old, new);
    stage.pass(299);
    assert_eq!((standing(&stage, &old).await, standing(&stage, &new).await), (0, 0));
    stage.pass(1);
    assert_eq!((standing(&stage, &old).await, standing(&stage, &new).await), (40001, 0));
}

#[tokio::test]
async fn a_token_expires_after_7200_seconds() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    stage.pass(7199);
    assert_eq!(standing(&stage, &token).await, 0);
    stage.pass(1);
    assert_eq!(standing(&stage, &token).await, 42001);
}

#[tokio::test]
async fn a_call_without_a_token_or_with_a_foreign_one_is_refused() {
    let stage = Stage::start().await;
    assert_eq!(errcode(&post(&stage.url("/cgi-bin/qrcode/create"), CODE).await.json()), 41001);
    assert_eq!(standing(&stage, "").await, 41001);
    assert_eq!(standing(&stage, "76_foreign").await, 40014);
}

#[tokio::test]
async fn the_classic_endpoint_names_each_mistake() {
    let stage = Stage::start().await;
    let good = ["client_credential", DEFAULT_APP_ID, DEFAULT_SECRET];
    for (place, value, expected) in [
        (0, "", 40002),
        (0, "client_credentials", 40002),
        (1, "", 41002),
        (1, "wx0000000000000000", 40013),
        (2, "", 41004),
        (2, OTHER_SECRET, 40125),
        (2, "secret", 40001),
    ] {
        let mut values = good;
        values[place] = value;
        let [grant_type, app_id, secret] = values;
        let path = format!("/cgi-bin/token?grant_type={grant_type}&appid={app_id}&secret={secret}");
        let answer = get(&stage.url(&path)).await;
        assert_eq!((answer.status, errcode(&answer.json())), (200, expected), "{path}");
    }
    assert_eq!(errcode(&post(&stage.url("/cgi-bin/token"), "").await.json()), 43001);
}

#[tokio::test]
async fn the_stable_endpoint_names_each_mistake() {
    let stage = Stage::start().await;
    for (field, value, expected) in [
        ("grant_type", json!(null), 40002),
        ("grant_type", json!("token"), 40002),
        ("appid", json!(""), 41002),
        ("appid", json!("wx0000000000000000"), 40013),
        ("appid", json!(5), 47001),
        ("secret", json!(null), 41004),
        ("secret", json!(OTHER_SECRET), 40125),
        ("secret", json!("secret"), 40001),
        ("force_refresh", json!("true"), 47001),
    ] {
        let mut body = request(false);
        body[field] = value;
        assert_eq!(errcode(&stable(&stage, &body).await), expected, "{body}");
    }
    let url = stage.url("/cgi-bin/stable_token");
    assert_eq!(errcode(&get(&url).await.json()), 43002);
    assert_eq!(errcode(&send(Method::PUT, &url, request(false).to_string()).await.json()), 43002);
    for (body, expected) in [("", 44002), (" \n", 44002), ("{", 47001), ("[]", 47001), ("a=b", 47001)] {
        assert_eq!(errcode(&post(&url, body).await.json()), expected, "{body:?}");
    }
}

#[tokio::test]
async fn normal_mode_gives_the_same_token_with_its_remaining_seconds() {
    let stage = Stage::start().await;
    let (token, life) = get_stable(&stage, false).await;
    assert_eq!(life, 7200);
    stage.pass(6899);
    assert_eq!(get_stable(&stage, false).await, (token.clone(), 301));
    stage.pass(1);
    let (next, life) = get_stable(&stage, false).await;
    assert_eq!(life, 7200);
    assert_ne!(next, token);
    stage.pass(299);
    assert_eq!((standing(&stage, &token).await, standing(&stage, &next).await), (0, 0));
    stage.pass(1);
    assert_eq!((standing(&stage, &token).await, standing(&stage, &next).await), (42001, 0));
}

#[tokio::test]
async fn force_mode_kills_the_present_token_at_once() {
    let stage = Stage::start().await;
    let (token, _) = get_stable(&stage, false).await;
    let (forced, life) = get_stable(&stage, true).await;
    assert_eq!(life, 7200);
    assert_eq!((standing(&stage, &token).await, standing(&stage, &forced).await), (40001, 0));
}

#[tokio::test]
async fn two_forced_refreshes_need_thirty_seconds_between_them() {
    let stage = Stage::start().await;
    let (first, _) = get_stable(&stage, true).await;
    stage.pass(29);
    assert_eq!(get_stable(&stage, true).await, (first.clone(), 7171));
    stage.pass(1);
    assert_ne!(get_stable(&stage, true).await.0, first);
    assert_eq!(standing(&stage, &first).await, 40001);
}

#[tokio::test]
async fn twenty_forced_refreshes_a_day_and_the_day_is_beijing_s() {
    let stage = Stage::start().await;
    // 2026-01-01 23:40 in Beijing.
    stage.set(1_767_282_000);
    let mut last = String::new();
    for _ in 0..20 {
        last = get_stable(&stage, true).await.0;
        stage.pass(30);
    }
    assert_eq!(errcode(&stable(&stage, &request(true)).await), 45009);
    assert_eq!(get_stable(&stage, false).await.0, last);
    // Midnight.
    stage.set(1_767_283_199);
    assert_eq!(errcode(&stable(&stage, &request(true)).await), 45009);
    stage.pass(1);
    assert_ne!(get_stable(&stage, true).await.0, last);
}

#[tokio::test]
async fn classic_and_stable_tokens_leave_each_other_alone() {
    let stage = Stage::start().await;
    let classic = stage.token().await;
    let (stable, _) = get_stable(&stage, true).await;
    stage.pass(600);
    assert_eq!((standing(&stage, &classic).await, standing(&stage, &stable).await), (0, 0));
    stage.token().await;
    stage.pass(600);
    assert_eq!((standing(&stage, &classic).await, standing(&stage, &stable).await), (40001, 0));
}
