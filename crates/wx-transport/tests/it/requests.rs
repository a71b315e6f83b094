//! What goes out and what comes back when nothing fails.

use crate::server::{Then, refused, serve, silent};
use bytes::Bytes;
use http::{Request, StatusCode, header};
use std::{io::ErrorKind, process::Command, sync::Arc};
use wx_transport::{ReqwestOptions, ReqwestTransport, Transport, TransportErrorKind};

#[tokio::test]
async fn sends_the_exact_request() {
    let (address, task) = serve("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Close).await;
    let options = ReqwestOptions::default().user_agent("poster/1");
    let request = Request::post(format!("http://{address}/create?ticket=a%2Bb%3D%3D&x=1"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Bytes::from_static(r#"{"场":1}"#.as_bytes()))
        .unwrap();
    ReqwestTransport::with_options(&options).unwrap().send(request).await.unwrap();

    let text = String::from_utf8(task.await.unwrap()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /create?ticket=a%2Bb%3D%3D&x=1 HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nuser-agent: poster/1"), "{head}");
    assert!(head.contains("\r\ncontent-type: application/json"), "{head}");
    assert_eq!(body, r#"{"场":1}"#);
}

#[tokio::test]
async fn returns_status_headers_and_body_of_any_answer() {
    let answer = "HTTP/1.1 503 Busy\r\ncontent-type: image/jpg\r\ncontent-length: 4\r\n\r\nbusy";
    let (address, _task) = serve(answer, Then::Close).await;
    let transport: Arc<dyn Transport> = Arc::new(ReqwestTransport::new());
    let response = transport.send(get(&format!("http://{address}/"))).await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "image/jpg");
    assert_eq!(response.body(), "busy");
}

#[tokio::test]
async fn follows_no_redirect() {
    let (elsewhere, listener) = silent();
    listener.set_nonblocking(true).unwrap();
    let answer = format!("HTTP/1.1 302 Found\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n");
    let (address, _task) = serve(answer, Then::Close).await;
    let response = ReqwestTransport::new().send(get(&format!("http://{address}/"))).await.unwrap();
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(response.headers()[header::LOCATION], format!("http://{elsewhere}/"));
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn uses_the_given_proxy() {
    let (address, task) = serve("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", Then::Close).await;
    let options = ReqwestOptions::default().proxy(format!("http://user:geheim@{address}"));
    assert!(!format!("{options:?}").contains("geheim"));
    let transport = ReqwestTransport::with_options(&options).unwrap();
    assert!(!format!("{transport:?}").contains("geheim"));
    let response = transport.send(get("http://nowhere.invalid/path?q=1")).await.unwrap();
    assert_eq!(response.body(), "hi");
    let request = String::from_utf8(task.await.unwrap()).unwrap();
    assert!(request.starts_with("GET http://nowhere.invalid/path?q=1 HTTP/1.1\r\n"), "{request}");
}

#[tokio::test]
async fn refuses_what_cannot_be_sent() {
    for uri in ["/relative", "ftp://example.com/", "example.com"] {
        let error = ReqwestTransport::new().send(get(uri)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request, "{uri}");
        assert!(!error.may_have_reached_server());
    }
    for options in
        [ReqwestOptions::default().user_agent("two\nlines"), ReqwestOptions::default().proxy("http://")]
    {
        let error = ReqwestTransport::with_options(&options).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request);
    }
}

/// Runs a plain-http test and an https test of this binary again in a process that finds no root certificate.
#[test]
fn works_without_root_certificates() {
    for test in
        ["requests::returns_status_headers_and_body_of_any_answer", "limits::connecting_ends_at_its_limit"]
    {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test])
            .env("SSL_CERT_FILE", "/nonexistent.pem")
            .env("SSL_CERT_DIR", "/nonexistent")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }
}

#[tokio::test]
async fn a_refused_connection_was_certainly_not_sent() {
    let (address, _socket) = refused();
    let error = ReqwestTransport::new().send(get(&format!("http://{address}/"))).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(!error.may_have_reached_server());
}

fn get(uri: &str) -> Request<Bytes> {
    Request::get(uri).body(Bytes::new()).unwrap()
}
