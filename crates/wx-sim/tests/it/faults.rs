use crate::{
    http_client::{get, post},
    stage::{Stage, errcode},
};
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::json;
use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wx_sim::{Error, Fault, Options};

const CREATE: &str = "/cgi-bin/qrcode/create";
const CODE: &str = r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}"#;
const PERMANENT: &str = r#"{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":1}}}"#;

async fn stage_with(fault: Fault) -> (Stage, String) {
    let stage = Stage::start().await;
    let url = format!("{CREATE}?access_token={}", stage.token().await);
    stage.sim.inject(fault).unwrap();
    let url = stage.url(&url);
    (stage, url)
}

/// What comes over a bare connection until it ends, and how it ends.
async fn raw(stage: &Stage, url: &str) -> (String, io::Result<()>) {
    let path = url.strip_prefix(&stage.sim.base_url()).unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nHost: sim\r\nContent-Length: {}\r\n\r\n{CODE}", CODE.len());
    let mut stream = TcpStream::connect(stage.sim.address()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer).await.map(|_| ());
    (String::from_utf8(answer).unwrap(), end)
}

#[tokio::test]
async fn an_errcode_strikes_so_many_calls_of_one_path_and_has_no_effect() {
    let (stage, url) = stage_with(Fault::errcode(45009).on(CREATE).times(2)).await;
    let seen = [post(&url, CODE).await, post(&url, CODE).await, post(&url, CODE).await];
    assert_eq!(seen.map(|answer| errcode(&answer.json())), [45009, 45009, 0]);
    let known = stage.create_with("76_foreign", CODE).await;
    assert_eq!(errcode(&known), 40014);
    assert!(stage.sim.faults().is_empty());

    stage.sim.change(|options| options.permanent_cap(1)).unwrap();
    stage.sim.inject(Fault::errcode(-1)).unwrap();
    let seen = [post(&url, PERMANENT).await, post(&url, PERMANENT).await, post(&url, PERMANENT).await];
    assert_eq!(seen.map(|answer| errcode(&answer.json())), [-1, 0, 45029]);
}

#[tokio::test]
async fn any_path_is_struck_where_none_is_named_and_calls_can_be_let_pass() {
    let stage = Stage::start().await;
    stage.sim.inject(Fault::errcode(-1).skipping(1)).unwrap();
    let token = stage.token().await;
    assert_eq!(errcode(&stage.create_with(&token, CODE).await), -1, "the second call is struck");
    assert_eq!(errcode(&stage.create_with(&token, CODE).await), 0);
}

#[tokio::test]
async fn an_answer_can_be_lost_after_its_effect() {
    for fault in [Fault::reset(), Fault::html(), Fault::empty(), Fault::status(502), Fault::errcode(-1)] {
        let (stage, url) = stage_with(fault.clone().after_effect()).await;
        stage.sim.change(|options| options.permanent_cap(1)).unwrap();
        let _ = try_post(&url, PERMANENT).await;
        assert_eq!(errcode(&post(&url, PERMANENT).await.json()), 45029, "{fault}: the place is used up");
    }
}

async fn try_post(url: &str, body: &'static str) -> Option<Bytes> {
    let request = Request::post(url).body(Full::<Bytes>::from(body)).unwrap();
    let answer = Client::builder(TokioExecutor::new()).build_http().request(request).await.ok()?;
    Some(answer.into_body().collect().await.ok()?.to_bytes())
}

#[tokio::test]
async fn a_reset_is_a_reset() {
    let (stage, url) = stage_with(Fault::reset()).await;
    let (answer, end) = raw(&stage, &url).await;
    assert_eq!((answer.as_str(), end.unwrap_err().kind()), ("", io::ErrorKind::ConnectionReset));
    assert_eq!(errcode(&post(&url, CODE).await.json()), 0, "the next connection is served");
}

#[tokio::test]
async fn a_cut_body_promises_more_than_comes() {
    let (stage, url) = stage_with(Fault::cut_body()).await;
    let (answer, _) = raw(&stage, &url).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let promised = head.split_once("content-length: ").unwrap().1.split("\r\n").next().unwrap();
    assert_eq!(promised.parse::<usize>().unwrap() / 2, body.len());
    assert!(body.starts_with(r#"{"ticket":"gQ"#), "{body}");
}

#[tokio::test]
async fn answers_that_are_no_answers() {
    for (fault, status, begin) in [
        (Fault::status(502), 502, "<!DOCTYPE html><title>Bad Gateway"),
        (Fault::html(), 200, "<!DOCTYPE html>"),
        (Fault::empty(), 200, ""),
        (Fault::cut_json(), 200, r#"{"ticket":"g"#),
        (Fault::errcode_as_text(45009), 200, r#"{"errcode":"45009","errmsg":"reach max api daily"#),
        (Fault::errcode_as_text(0), 200, r#"{"errcode":"0","ticket":"g"#),
    ] {
        let (_stage, url) = stage_with(fault.clone()).await;
        let answer = post(&url, CODE).await;
        assert_eq!(answer.status, status, "{fault}");
        assert!(answer.text().starts_with(begin), "{fault}: {}", answer.text());
        assert!(begin.is_empty() == answer.text().is_empty());
    }
    let (_stage, url) = stage_with(Fault::cut_json()).await;
    serde_json::from_slice::<serde_json::Value>(&post(&url, CODE).await.body).unwrap_err();
}

#[tokio::test]
async fn a_redirect_names_the_address() {
    let (_stage, url) = stage_with(Fault::redirect("http://203.0.113.9/elsewhere")).await;
    let answer = post(&url, CODE).await;
    assert_eq!((answer.status, answer.header("location")), (302, "http://203.0.113.9/elsewhere"));
}

#[tokio::test]
async fn a_huge_answer_is_true_behind_its_blanks() {
    let (_stage, url) = stage_with(Fault::huge()).await;
    let answer = post(&url, CODE).await;
    assert!(answer.body.len() > 10_000_000 && answer.body.starts_with(b"    "));
    assert!(answer.json()["ticket"].is_string());
}

/// Time leaps while everybody waits.
#[tokio::test(start_paused = true)]
async fn slow_answers_take_their_time() {
    let (_stage, url) = stage_with(Fault::drip()).await;
    let begin = tokio::time::Instant::now();
    let answer = post(&url, CODE).await;
    assert_eq!(begin.elapsed().as_secs(), answer.body.len() as u64);
    assert!(answer.json()["ticket"].is_string());

    let (_stage, url) = stage_with(Fault::delay(Duration::from_secs(9))).await;
    let begin = tokio::time::Instant::now();
    assert_eq!(errcode(&post(&url, CODE).await.json()), 0);
    assert_eq!(begin.elapsed().as_secs(), 9);
}

#[tokio::test(start_paused = true)]
async fn no_answer_comes_before_or_after_the_effect() {
    for (fault, then) in [(Fault::timeout(), 0), (Fault::timeout().after_effect(), 45029)] {
        let (stage, url) = stage_with(fault).await;
        stage.sim.change(|options| options.permanent_cap(1)).unwrap();
        let waited = tokio::time::timeout(Duration::from_mins(1), post(&url, PERMANENT)).await;
        assert!(waited.is_err());
        assert_eq!(errcode(&post(&url, PERMANENT).await.json()), then);
    }
}

#[tokio::test]
async fn pictures_are_struck_too() {
    let stage = Stage::start().await;
    let url = stage.url(&format!("/cgi-bin/showqrcode?ticket={}", stage.ticket("a").await));
    let whole = get(&url).await;
    stage.sim.inject(Fault::cut_json().on("/cgi-bin/showqrcode")).unwrap();
    let half = get(&url).await;
    assert_eq!((half.status, half.body.len()), (200, whole.body.len() / 2));
}

#[tokio::test]
async fn the_transcript_tells_what_struck() {
    let stage = Stage::with(Options::default()).await;
    stage.sim.inject(Fault::html()).unwrap();
    stage.sim.inject(Fault::reset().after_effect().skipping(1)).unwrap();
    stage.sim.inject(Fault::errcode(45011).on(CREATE)).unwrap();
    let token = stage.url("/cgi-bin/token?grant_type=client_credential");
    get(&token).await;
    get(&token).await;
    let _ = try_post(&stage.url(CREATE), CODE).await;
    let _ = try_post(&stage.url(CREATE), CODE).await;
    insta::assert_snapshot!(stage.transcript(), @r#"
    1 call GET /cgi-bin/token?grant_type=client_credential: fault: HTML with 200
    2 call GET /cgi-bin/token?grant_type=client_credential: 200 errcode 41002, appid missing
    3 call POST /cgi-bin/qrcode/create {"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}: errcode 41001, access_token missing; fault: connection reset, after the effect
    4 call POST /cgi-bin/qrcode/create {"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":1}}}: errcode 45011, api minute-quota reach limit, must slower, retry next minute; fault: errcode 45011
    "#);
}

#[tokio::test]
async fn faults_are_ordered_over_http() {
    let stage = Stage::start().await;
    let url = stage.url("/sim/faults");
    let order = json!({ "fault": "errcode", "code": 45009, "path": CREATE, "times": 3, "skip": 1 });
    let answer = post(&url, order.to_string()).await;
    assert_eq!(answer.json(), json!(["errcode 45009, 3 times, at /cgi-bin/qrcode/create, after 1 calls"]));
    for name in ["timeout", "reset", "cut_json", "cut_body", "html", "empty", "drip", "huge"] {
        let order = json!({ "fault": name, "for_ever": true, "after_effect": true });
        assert_eq!(post(&url, order.to_string()).await.status, 200, "{name}");
    }
    for order in [
        json!({ "fault": "errcode_as_text", "code": 0 }),
        json!({ "fault": "status", "status": 503 }),
        json!({ "fault": "redirect", "location": "/" }),
        json!({ "fault": "delay", "seconds": 3 }),
    ] {
        assert_eq!(post(&url, order.to_string()).await.status, 200, "{order}");
    }
    assert_eq!(get(&url).await.json().as_array().unwrap().len(), 13);
    let cleared = crate::http_client::send(http::Method::DELETE, &url, "").await;
    assert_eq!(cleared.json(), json!({ "cleared": 13 }));

    for (order, sentence) in [
        (json!({ "fault": "fire" }), "`fault` is one of errcode, errcode_as_text, status,"),
        (json!({ "fault": "errcode" }), "this fault needs `code`"),
        (
            json!({ "fault": "status", "status": 99 }),
            "this fault cannot strike: the status of an answer is 200 to 599",
        ),
        (
            json!({ "fault": "html", "time": 3 }),
            "the body is not the JSON this route takes: unknown field `time`",
        ),
    ] {
        let answer = post(&url, order.to_string()).await;
        assert_eq!(answer.status, 400);
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(error.starts_with(sentence), "{error}");
    }
    assert!(matches!(stage.sim.inject(Fault::errcode(0)), Err(Error::Fault { .. })));
}
