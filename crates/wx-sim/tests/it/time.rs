use crate::{
    http_client::{get, post},
    stage::{START, Stage, errcode},
};
use serde_json::json;
use wx_sim::{Error, Options, Simulator};

const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;

#[tokio::test]
async fn the_clock_is_turned_over_http() {
    let stage = Stage::start().await;
    let url = stage.url("/sim/clock");
    assert_eq!(get(&url).await.json(), json!({ "now": START }));
    let token = stage.token().await;
    assert_eq!(post(&url, r#"{"advance":7200}"#).await.json(), json!({ "now": START + 7200 }));
    assert_eq!(errcode(&stage.create_with(&token, CODE).await), 42001);
    assert_eq!(post(&url, format!(r#"{{"set":{START}}}"#)).await.json(), json!({ "now": START }));
    assert_eq!(errcode(&stage.create_with(&token, CODE).await), 0);
    for (body, sentence) in [
        ("{}", "give either `advance` or `set`, in seconds"),
        (r#"{"advance":1,"set":1}"#, "give either `advance` or `set`, in seconds"),
        (r#"{"advance":9223372036854775807}"#, "the time must stay between the years 1970 and 9999"),
        (r#"{"set":-1}"#, "the time must stay between the years 1970 and 9999"),
    ] {
        let answer = post(&url, body).await;
        assert_eq!((answer.status, answer.json()), (400, json!({ "error": sentence })));
    }
}

/// So that a program can compare its own clock with it.
#[tokio::test]
async fn answers_are_dated_by_the_clock() {
    let stage = Stage::start().await;
    let date = async || get(&stage.url("/cgi-bin/getcallbackip")).await.header("date").to_owned();
    assert_eq!(date().await, "Thu, 01 Jan 2026 01:00:00 GMT");
    stage.sim.advance(-600).unwrap();
    assert_eq!(date().await, "Thu, 01 Jan 2026 00:50:00 GMT");
}

#[tokio::test]
async fn a_clock_that_runs_is_not_turned() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    assert!(matches!(sim.advance(1), Err(Error::ClockRuns)));
    let answer = post(&format!("{}/sim/clock", sim.base_url()), r#"{"advance":1}"#).await;
    assert_eq!(answer.status, 409);
}

#[tokio::test]
async fn a_deterministic_simulator_says_the_same_in_every_run() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stage = Stage { sim: Simulator::start(Options::deterministic()).await.unwrap() };
        let ticket = stage.ticket("shop").await;
        stage.create("{}").await;
        runs.push((stage.sim.clock().now(), ticket, stage.sim.transcript()));
    }
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0].0, START);
}

#[tokio::test]
async fn a_stable_token_may_be_kept_almost_to_its_end() {
    let stage = Stage::with(Options::default().stable_renewal(100)).await;
    let body = json!({
        "grant_type": "client_credential", "appid": wx_sim::DEFAULT_APP_ID, "secret": wx_sim::DEFAULT_SECRET,
    });
    let url = stage.url("/cgi-bin/stable_token");
    let first = post(&url, body.to_string()).await.json();
    stage.pass(7000);
    let again = post(&url, body.to_string()).await.json();
    assert_eq!((&again["access_token"], &again["expires_in"]), (&first["access_token"], &json!(200)));
    stage.pass(100);
    assert_eq!(post(&url, body.to_string()).await.json()["expires_in"], 7200);
}

#[tokio::test]
async fn revoked_tokens_are_refused_and_new_ones_given() {
    let stage = Stage::start().await;
    let body = json!({
        "grant_type": "client_credential", "appid": wx_sim::DEFAULT_APP_ID, "secret": wx_sim::DEFAULT_SECRET,
    });
    let url = stage.url("/cgi-bin/stable_token");
    let stable = post(&url, body.to_string()).await.json()["access_token"].as_str().unwrap().to_owned();
    let classic = stage.token().await;
    stage.sim.revoke_tokens();
    for token in [&stable, &classic] {
        assert_eq!(errcode(&stage.create_with(token, CODE).await), 40001);
    }
    let next = post(&url, body.to_string()).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_ne!(next, stable);
    assert_eq!(errcode(&stage.create_with(&next, CODE).await), 0);
    post(&stage.url("/sim/tokens/revoke"), "").await;
    assert_eq!(errcode(&stage.create_with(&next, CODE).await), 40001);
}

#[tokio::test]
async fn the_transcript_keeps_its_last_entries() {
    let stage = Stage::with(Options::default().transcript_limit(2)).await;
    for _ in 0..5 {
        stage.token().await;
    }
    let numbers: Vec<_> = stage.sim.transcript().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [4, 5]);
    let later = get(&stage.url("/sim/transcript?after=4")).await.json();
    assert_eq!((later.as_array().unwrap().len(), &later[0]["number"]), (1, &json!(5)));
    assert_eq!(get(&stage.url("/sim/transcript?after=x")).await.status, 400);
}
