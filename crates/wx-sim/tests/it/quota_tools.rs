use crate::{
    http_client::post,
    stage::{Stage, errcode},
};
use serde_json::{Value, json};
use wx_sim::{AccountKind, DEFAULT_APP_ID, DEFAULT_SECRET, Options};

const CREATE: &str = "/cgi-bin/qrcode/create";
const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;

async fn call(stage: &Stage, token: &str, path: &str, body: &Value) -> Value {
    post(&stage.url(&format!("{path}?access_token={token}")), body.to_string()).await.json()
}

async fn clear(stage: &Stage, token: &str) -> i64 {
    errcode(&call(stage, token, "/cgi-bin/clear_quota", &json!({ "appid": DEFAULT_APP_ID })).await)
}

#[tokio::test]
async fn limits_show_what_was_used() {
    let stage = Stage::with(Options::default().minute_limit(CREATE, 7)).await;
    let token = stage.token().await;
    stage.create_with(&token, CODE).await;
    let figures = call(&stage, &token, "/cgi-bin/openapi/quota/get", &json!({ "cgi_path": CREATE })).await;
    assert_eq!(
        figures,
        json!({
            "errcode": 0, "errmsg": "ok",
            "quota": { "daily_limit": 100_000, "used": 1, "remain": 99_999 },
            "rate_limit": { "call_count": 7, "refresh_second": 60 },
            "component_rate_limit": { "call_count": 0, "refresh_second": 0 },
        })
    );
}

#[tokio::test]
async fn a_path_is_named_as_it_is_called() {
    let stage = Stage::with(Options::default().account_kind(AccountKind::Subscription)).await;
    let token = stage.token().await;
    for (path, expected) in [
        (json!("cgi-bin/qrcode/create"), 76021),
        (json!("/cgi-bin/qrcode/create?a=b"), 76021),
        (json!("/xxx/sns/"), 76021),
        (json!(""), 76021),
        (json!(null), 76021),
        (json!(1), 47001),
        (json!(CREATE), 76022),
        (json!("/cgi-bin/token"), 0),
    ] {
        let body = json!({ "cgi_path": path });
        let answer = call(&stage, &token, "/cgi-bin/openapi/quota/get", &body).await;
        assert_eq!(if answer["errcode"] == 0 { 0 } else { errcode(&answer) }, expected, "{body}");
    }
}

#[tokio::test]
async fn all_limits_begin_anew_ten_times_a_month() {
    let stage = Stage::with(Options::default().daily_limit(CREATE, 1)).await;
    let token = stage.token().await;
    for _ in 0..9 {
        assert_eq!(errcode(&stage.create_with(&token, CODE).await), 0);
        assert_eq!(errcode(&stage.create_with(&token, CODE).await), 45009);
        let answer = call(&stage, &token, "/cgi-bin/clear_quota", &json!({ "appid": DEFAULT_APP_ID })).await;
        assert_eq!(answer, json!({ "errcode": 0, "errmsg": "ok" }));
    }
    let body = json!({ "appid": DEFAULT_APP_ID, "appsecret": DEFAULT_SECRET });
    let v2 = post(&stage.url("/cgi-bin/clear_quota/v2"), body.to_string()).await.json();
    assert_eq!(v2["errcode"], 0);
    assert_eq!(clear(&stage, &token).await, 48006);
    let query = format!("/cgi-bin/clear_quota/v2?appid={DEFAULT_APP_ID}&appsecret={DEFAULT_SECRET}");
    assert_eq!(errcode(&post(&stage.url(&query), "").await.json()), 48006, "both count together");
    // 2026-01-31 23:59:59 in Beijing, and a second later.
    stage.set(1_769_875_199);
    let token = stage.token().await;
    assert_eq!(clear(&stage, &token).await, 48006);
    stage.pass(1);
    assert_eq!(
        call(&stage, &token, "/cgi-bin/clear_quota", &json!({ "appid": DEFAULT_APP_ID })).await["errcode"],
        0
    );
}

#[tokio::test]
async fn clearing_needs_the_account_s_own_names() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    for (body, expected) in [(json!({}), 41002), (json!({ "appid": "wx0000000000000000" }), 40013)] {
        assert_eq!(errcode(&call(&stage, &token, "/cgi-bin/clear_quota", &body).await), expected);
    }
    for (body, expected) in [
        (json!({ "appid": DEFAULT_APP_ID }), 41004),
        (json!({ "appsecret": DEFAULT_SECRET }), 41002),
        (json!({ "appid": DEFAULT_APP_ID, "appsecret": "ffeeddccbbaa99887766554433221100" }), 40125),
    ] {
        let answer = post(&stage.url("/cgi-bin/clear_quota/v2"), body.to_string()).await;
        assert_eq!(errcode(&answer.json()), expected, "{body}");
    }
}

#[tokio::test]
async fn one_limit_begins_anew_fifty_times_a_month() {
    let stage = Stage::with(Options::default().daily_limit(CREATE, 1)).await;
    let token = stage.token().await;
    let body = json!({ "cgi_path": CREATE });
    for _ in 0..50 {
        assert_eq!(errcode(&stage.create_with(&token, CODE).await), 0);
        assert_eq!(call(&stage, &token, "/cgi-bin/openapi/quota/clear", &body).await["errcode"], 0);
    }
    assert_eq!(errcode(&call(&stage, &token, "/cgi-bin/openapi/quota/clear", &body).await), 48006);
}

#[tokio::test]
async fn a_test_account_has_smaller_limits() {
    let stage = Stage::with(Options::default().account_kind(AccountKind::Test)).await;
    let token = stage.token().await;
    assert_eq!(errcode(&stage.create_with(&token, CODE).await), 0);
    let body = json!({ "cgi_path": CREATE });
    let figures = call(&stage, &token, "/cgi-bin/openapi/quota/get", &body).await;
    assert_eq!(figures["quota"], json!({ "daily_limit": 10_000, "used": 1, "remain": 9_999 }));
}

#[tokio::test]
async fn a_refused_call_can_be_looked_up_for_seven_days() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    let refused = stage.create_with(&token, r#"{"action_name":"QR_LIMIT_SCENE"}"#).await;
    let (_, rid) = refused["errmsg"].as_str().unwrap().split_once(" rid: ").unwrap();
    let look = json!({ "rid": rid });
    let found = call(&stage, &token, "/cgi-bin/openapi/rid/get", &look).await;
    assert_eq!(
        found,
        json!({ "errcode": 0, "errmsg": "ok", "request": {
            "invoke_time": 1_767_229_200, "cost_in_ms": 1, "client_ip": "127.0.0.1",
            "request_url": "access_token=<classic 1>",
            "request_body": r#"{"action_name":"QR_LIMIT_SCENE"}"#,
            "response_body": refused.to_string(),
        } })
    );
    for (body, expected) in [
        (json!({ "rid": "69570a80-1c0ffee0-5eedbeef" }), 76001),
        (json!({ "rid": "69570a80" }), 76002),
        (json!({}), 76002),
    ] {
        assert_eq!(errcode(&call(&stage, &token, "/cgi-bin/openapi/rid/get", &body).await), expected);
    }
    stage.pass(7 * 86_400 + 1);
    let token = stage.token().await;
    assert_eq!(errcode(&call(&stage, &token, "/cgi-bin/openapi/rid/get", &look).await), 76004);
}
