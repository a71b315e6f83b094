//! The scripted transport.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde_json::json;
use std::{
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use wx_transport::{Answer, Matcher, MockTransport, Transport, TransportError, TransportErrorKind};

#[tokio::test]
async fn gives_answers_in_order_and_remembers_requests() {
    let mock = MockTransport::new();
    mock.answer(Answer::json("{}"));
    mock.answer(StatusCode::BAD_GATEWAY);
    mock.answer(Answer::bytes("image/jpg", "JFIF").header(header::AGE, HeaderValue::from_static("7")));
    mock.answer(Response::new(Bytes::from_static(b"raw")));

    let client: Arc<dyn Transport> = Arc::new(mock.clone());
    let first = client.send(post("http://a.test/x?k=%2B", "{\"a\":1}")).await.unwrap();
    assert_eq!((first.status(), first.body().as_ref()), (StatusCode::OK, b"{}".as_ref()));
    assert_eq!(first.headers()[header::CONTENT_TYPE], "application/json");
    assert_eq!(client.send(post("http://a.test/y", "")).await.unwrap().status(), StatusCode::BAD_GATEWAY);
    let third = client.send(post("http://a.test/z", "")).await.unwrap();
    assert_eq!(
        (third.headers()[header::AGE].as_bytes(), third.body().as_ref()),
        (b"7".as_ref(), b"JFIF".as_ref())
    );
    assert_eq!(client.send(post("http://a.test", "")).await.unwrap().body(), "raw");

    let sent = mock.requests();
    assert_eq!((&sent[0].method, sent[0].path(), sent[0].query()), (&Method::POST, "/x", "k=%2B"));
    assert_eq!((sent[0].line().as_str(), sent[0].text().as_str()), ("POST /x?k=%2B", "{\"a\":1}"));
    assert_eq!((sent[3].line().as_str(), sent[3].query()), ("POST /", ""));
    assert_eq!(sent[3].uri.host(), Some("a.test"));
    mock.assert_done();
}

#[tokio::test]
async fn gives_errors() {
    let mock = MockTransport::new();
    mock.answer(TransportErrorKind::Connect);
    mock.answer(TransportError::new(TransportErrorKind::Timeout).with_source("slow"));
    let kind = async || mock.send(post("http://a.test/", "")).await.unwrap_err().kind();
    assert_eq!(kind().await, TransportErrorKind::Connect);
    assert_eq!(kind().await, TransportErrorKind::Timeout);
}

#[tokio::test]
async fn makes_answers_from_requests() {
    let mock = MockTransport::new();
    mock.answer_with(|request| Answer::json(request.text()));
    let handle = mock.clone();
    mock.otherwise(move |request| Answer::json(format!("{} {}", handle.requests().len(), request.path())));
    for expected in ["body", "2 /p", "3 /p"] {
        assert_eq!(mock.send(post("http://a.test/p", "body")).await.unwrap().body(), expected);
    }
    mock.assert_done();
}

#[tokio::test]
async fn never_means_pending() {
    let mock = MockTransport::new();
    mock.answer(Answer::never());
    tokio::select! {
        biased;
        _ = mock.send(post("http://a.test/", "")) => panic!("there is no answer"),
        () = std::future::ready(()) => {}
    }
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn an_exhausted_script_is_an_error_and_fails_the_check() {
    let mock = MockTransport::new();
    let error = mock.send(post("http://a.test/more?secret=s&x=1", "")).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    let source = error.source().unwrap().to_string();
    assert_eq!(source, "the mock has no answer left for POST /more?secret=[redacted]&x=1; script one more");
    assert_eq!(complaint(|| mock.assert_done()), source);
    assert_eq!(complaint(move || drop(mock)), source);
}

#[test]
fn unused_answers_fail_the_check() {
    let mock = MockTransport::new();
    mock.answer(Answer::json("{}"));
    mock.expect(Matcher::get("/b").query("access_token", "T").query("x", "1"), Answer::json("{}"));
    assert_eq!(mock.unused(), 2);
    let expected =
        "2 answer(s) of the mock were never asked for: any request, GET /b?access_token=[redacted]&x=1";
    assert_eq!(complaint(|| mock.assert_done()), expected);
    let last = mock.clone();
    drop(mock);
    assert_eq!(complaint(move || drop(last)), expected);
}

#[tokio::test]
async fn the_rest_can_be_forgotten() {
    let mock = MockTransport::new();
    mock.send(post("http://a.test/", "")).await.unwrap_err();
    mock.answer(Answer::json("{}"));
    mock.forget_rest();
    mock.assert_done();
    assert_eq!((mock.unused(), mock.requests().len()), (0, 1));
}

#[test]
fn a_test_that_fails_anyway_is_not_disturbed() {
    let text = complaint(|| {
        let mock = MockTransport::new();
        mock.answer(Answer::json("{}"));
        panic!("{}", "first");
    });
    assert_eq!(text, "first");
}

#[tokio::test]
async fn each_request_gets_the_first_answer_that_is_meant_for_it() {
    let mock = MockTransport::new();
    mock.expect(Matcher::post("/b").json(json!({"a": [1, 2]})), Answer::json("json"));
    mock.expect(Matcher::get("/a").query("t", "a+b/=").has_query("n"), Answer::json("query"));
    mock.expect(Matcher::path("/c").header(header::AGE, "7"), Answer::json("header"));
    mock.expect(Matcher::post("/d").json_with(json!({"a": {"b": 1}})), Answer::json("part"));
    mock.expect(Matcher::post("/e").body("exact"), Answer::json("body"));
    mock.answer(Answer::json("any"));
    mock.expect(Matcher::get("/a"), Answer::json("later"));

    let get = |uri: &str| Request::get(uri).body(Bytes::new()).unwrap();
    let mut aged = get("http://a.test/c");
    aged.headers_mut().insert(header::AGE, HeaderValue::from_static("7"));
    for (request, expected) in [
        (post("http://a.test/e", "exact"), "body"),
        (post("http://a.test/d", r#"{"x":1,"a":{"c":2,"b":1}}"#), "part"),
        (aged, "header"),
        (get("http://a.test/a?n&t=a%2Bb%2F%3D"), "query"),
        (post("http://a.test/b", r#" { "a" : [1,2] } "#), "json"),
        (get("http://a.test/a?t=other"), "any"),
        (get("http://a.test/a?t=other"), "later"),
    ] {
        assert_eq!(mock.send(request).await.unwrap().body(), expected);
    }
}

#[tokio::test]
async fn an_unexpected_request_is_told_what_was_expected() {
    let mock = MockTransport::new();
    mock.expect(Matcher::get("/a"), Answer::json(""));
    mock.expect(Matcher::post("/b"), Answer::json(""));
    mock.expect(Matcher::post("/a").query("secret", "geheim").has_query("n"), Answer::json(""));
    mock.expect(Matcher::path("/a").has_query("n"), Answer::json(""));
    mock.expect(Matcher::post("/a").header(header::AGE, "geheim"), Answer::json(""));
    mock.expect(Matcher::post("/a").json(json!({"a": {"b": "geheim"}})), Answer::json(""));
    mock.expect(Matcher::any().json_with(json!({"a": {"c": "geheim"}})), Answer::json(""));
    mock.expect(Matcher::post("/a").body("geheim"), Answer::json(""));
    let error = mock.send(post("http://a.test/a?secret=geheim2", r#"{"a":{"b":1}}"#)).await.unwrap_err();
    let text = error.source().unwrap().to_string();
    insta::assert_snapshot!(text.replace(" or ", "\n"), @r"
    the mock does not expect POST /a?secret=[redacted]; it still expects GET /a (the method differs)
    POST /b (the path differs)
    POST /a?secret=[redacted]&n=… (the query parameter secret differs)
    any method /a?n=… (the query parameter n differs)
    POST /a (the header age differs)
    POST /a (its JSON differs at /a/b)
    any request (its JSON differs at /a/c)
    POST /a (the body differs)
    ");
    let error = mock.send(post("http://a.test/z", "geheim")).await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("any request (its body is no JSON)"));
    mock.forget_rest();
}

#[tokio::test]
async fn requests_can_be_read() {
    let mock = MockTransport::new();
    mock.answer(StatusCode::OK);
    let mut request = post("http://a.test/x?access_token=geheim1&x=a%20b", r#"{"secret":"geheim2","a":1}"#);
    request.headers_mut().insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer geheim3"));
    mock.send(request).await.unwrap();
    let sent = &mock.requests()[0];
    assert_eq!(sent.query_value("access_token").as_deref(), Some("geheim1"));
    assert_eq!((sent.query_value("x").as_deref(), sent.query_value("y")), (Some("a b"), None));
    assert_eq!(sent.json().unwrap()["secret"], "geheim2");
    let shown = format!("{sent:?} {mock:?}");
    assert!(!shown.contains("geheim") && shown.contains("x=a%20b"), "{shown}");
}

fn complaint(test: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(test)).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

fn post(uri: &str, body: &str) -> Request<Bytes> {
    Request::post(uri).body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}
