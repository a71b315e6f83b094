use crate::{
    http_client::{get, post},
    stage::{START, Stage, errcode},
};
use serde_json::{Value, json};
use wx_sim::{AccountKind, DEFAULT_APP_ID, DEFAULT_SECRET, Error, Options, Simulator};

const CREATE: &str = "/cgi-bin/qrcode/create";
const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;
/// The midnight in Beijing that follows [`START`].
const MIDNIGHT: i64 = 1_767_283_200;

async fn create(stage: &Stage) -> i64 {
    errcode(&stage.create(CODE).await)
}

async fn classic(stage: &Stage, secret: &str) -> Value {
    let path = "/cgi-bin/token?grant_type=client_credential";
    get(&stage.url(&format!("{path}&appid={DEFAULT_APP_ID}&secret={secret}"))).await.json()
}

async fn stable(stage: &Stage) -> Value {
    let body =
        json!({ "grant_type": "client_credential", "appid": DEFAULT_APP_ID, "secret": DEFAULT_SECRET });
    post(&stage.url("/cgi-bin/stable_token"), body.to_string()).await.json()
}

/// The text before the request id.
fn message(answer: &Value) -> &str {
    answer["errmsg"].as_str().unwrap().split_once(" rid: ").unwrap().0
}

#[tokio::test]
async fn only_a_verified_service_account_creates_codes() {
    for kind in [AccountKind::UnverifiedService, AccountKind::Subscription] {
        let stage = Stage::with(Options::default().account_kind(kind)).await;
        let answer = stage.create(CODE).await;
        assert_eq!((errcode(&answer), message(&answer)), (48001, "api unauthorized"), "{kind:?}");
        // The right is looked at before the body, and after the token.
        assert_eq!(errcode(&stage.create("{").await), 48001);
        assert_eq!(errcode(&stage.create_with("76_foreign", CODE).await), 40014);
    }
    let stage = Stage::with(Options::default().account_kind(AccountKind::VerifiedService)).await;
    assert_eq!(create(&stage).await, 0);
}

#[tokio::test]
async fn the_day_of_a_limit_ends_at_midnight_in_beijing() {
    let stage = Stage::with(Options::default().daily_limit(CREATE, 2)).await;
    assert_eq!((create(&stage).await, create(&stage).await), (0, 0));
    let answer = stage.create(CODE).await;
    assert_eq!((errcode(&answer), message(&answer)), (45009, "reach max api daily quota limit"));
    stage.set(MIDNIGHT - 1);
    assert_eq!(create(&stage).await, 45009);
    stage.pass(1);
    assert_eq!((create(&stage).await, create(&stage).await, create(&stage).await), (0, 0, 45009));
}

#[tokio::test]
async fn the_minute_of_a_limit_is_the_clock_s() {
    let stage = Stage::with(Options::default().minute_limit(CREATE, 2)).await;
    stage.set(START + 50);
    assert_eq!((create(&stage).await, create(&stage).await), (0, 0));
    let answer = stage.create(CODE).await;
    let expected = "api minute-quota reach limit, must slower, retry next minute";
    assert_eq!((errcode(&answer), message(&answer)), (45011, expected));
    stage.pass(9);
    assert_eq!(create(&stage).await, 45011);
    stage.pass(1);
    assert_eq!((create(&stage).await, create(&stage).await, create(&stage).await), (0, 0, 45011));
}

#[tokio::test]
async fn a_call_over_the_minute_costs_nothing_of_the_day() {
    let stage = Stage::with(Options::default().daily_limit(CREATE, 2).minute_limit(CREATE, 1)).await;
    assert_eq!((create(&stage).await, create(&stage).await, create(&stage).await), (0, 45011, 45011));
    stage.pass(60);
    assert_eq!((create(&stage).await, create(&stage).await), (0, 45009));
}

#[tokio::test]
async fn a_call_counts_once_its_credentials_hold_whatever_comes_of_it() {
    let stage = Stage::with(Options::default().daily_limit(CREATE, 1)).await;
    assert_eq!(errcode(&stage.create_with("76_foreign", CODE).await), 40014);
    assert_eq!(errcode(&get(&stage.url(CREATE)).await.json()), 43002);
    assert_eq!(errcode(&stage.create("{}").await), 40052);
    assert_eq!(create(&stage).await, 45009);

    let stage = Stage::with(Options::default().daily_limit("/cgi-bin/token", 1)).await;
    assert_eq!(errcode(&classic(&stage, "secret").await), 40001);
    assert_eq!(errcode(&classic(&stage, DEFAULT_SECRET).await), 0);
    assert_eq!(errcode(&classic(&stage, DEFAULT_SECRET).await), 45009);
}

#[tokio::test]
async fn each_path_has_its_own_count() {
    let options = Options::default().daily_limit("/cgi-bin/stable_token", 1).daily_limit(CREATE, 1);
    let stage = Stage::with(options).await;
    assert_eq!((errcode(&stable(&stage).await), errcode(&stable(&stage).await)), (0, 45009));
    assert_eq!((create(&stage).await, create(&stage).await), (0, 45009));
    assert_eq!(errcode(&classic(&stage, DEFAULT_SECRET).await), 0);
}

#[tokio::test]
async fn a_classic_token_is_given_2000_times_a_day_unless_set() {
    let stage = Stage::start().await;
    for number in 1..=2000 {
        assert_eq!(errcode(&classic(&stage, DEFAULT_SECRET).await), 0, "call {number}");
    }
    assert_eq!(errcode(&classic(&stage, DEFAULT_SECRET).await), 45009);
    assert_eq!(errcode(&stable(&stage).await), 0);
}

#[tokio::test]
async fn a_limit_of_a_path_that_does_not_count_is_refused() {
    for path in ["/cgi-bin/showqrcode", "/cgi-bin/qrcode/create?a=b", "qrcode/create", ""] {
        for options in [Options::default().daily_limit(path, 1), Options::default().minute_limit(path, 1)] {
            let error = Simulator::start(options).await.unwrap_err();
            assert!(matches!(&error, Error::LimitPath { path: named } if named == path), "{error}");
        }
    }
}
