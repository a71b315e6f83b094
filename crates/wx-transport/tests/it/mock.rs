//! The scripted transport.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use std::{
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use wx_transport::{Answer, MockTransport, Transport, TransportError, TransportErrorKind};

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
    let error = mock.send(post("http://a.test/more?secret=s", "")).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    let source = error.source().unwrap().to_string();
    assert_eq!(source, "the mock has no answer left for POST /more; script one more");
    assert_eq!(complaint(&mock), "the mock had no answer for: POST /more?secret=s");
}

#[test]
fn unused_answers_fail_the_check() {
    let mock = MockTransport::new();
    mock.answer(Answer::json("{}"));
    assert_eq!(mock.unused(), 1);
    assert_eq!(complaint(&mock), "1 scripted answer(s) of the mock were never asked for");
}

fn complaint(mock: &MockTransport) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| mock.assert_done())).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

fn post(uri: &str, body: &str) -> Request<Bytes> {
    Request::post(uri).body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}
