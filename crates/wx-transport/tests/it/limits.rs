//! Servers that are slow, broken or endless.

use crate::server::{Then, serve, silent};
use bytes::Bytes;
use http::Request;
use std::time::Duration;
use wx_transport::{ReqwestOptions, ReqwestTransport, Transport, TransportError, TransportErrorKind};

#[tokio::test]
async fn waiting_ends_at_the_total_limit() {
    let (address, _listener) = silent();
    let error = ask(&format!("http://{address}/"), &short()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.may_have_reached_server());
}

#[tokio::test]
async fn a_body_that_stalls_ends_at_the_total_limit() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf";
    assert_eq!(kind_of(answer, Then::KeepOpen, &short()).await, TransportErrorKind::Timeout);
}

#[tokio::test]
async fn connecting_ends_at_its_limit() {
    let (address, _listener) = silent();
    let options = ReqwestOptions::default().connect_limit(Duration::from_millis(50));
    let error = ask(&format!("https://{address}/"), &options).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
}

#[tokio::test]
async fn a_server_without_tls_counts_as_no_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        stream
    });
    let error = ask(&format!("https://{address}/"), &ReqwestOptions::default()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
}

#[tokio::test]
async fn a_cut_or_senseless_answer_is_broken() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        "220 mail.example.com ESMTP\r\n\r\n",
    ] {
        let kind = kind_of(answer, Then::Close, &ReqwestOptions::default()).await;
        assert_eq!(kind, TransportErrorKind::Body, "{answer:?}");
    }
}

#[tokio::test]
async fn a_body_announced_too_large_is_not_awaited() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n";
    let kind = kind_of(answer, Then::KeepOpen, &ReqwestOptions::default()).await;
    assert_eq!(kind, TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn an_endless_body_is_dropped_at_the_limit() {
    let options = ReqwestOptions::default().body_limit(64 * 1024);
    for head in ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
        let kind = kind_of(head, Then::RepeatForEver(b"4\r\nmore\r\n"), &options).await;
        assert_eq!(kind, TransportErrorKind::TooLarge, "{head:?}");
    }
}

#[tokio::test]
async fn the_body_limit_itself_is_allowed() {
    let options = ReqwestOptions::default().body_limit(4);
    let chunked = |size: u8| {
        let body = "x".repeat(size.into());
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{size}\r\n{body}\r\n0\r\n\r\n")
    };
    let (address, _task) = serve(chunked(4), Then::Close).await;
    assert_eq!(ask(&format!("http://{address}/"), &options).await.unwrap(), "xxxx");
    assert_eq!(kind_of(&chunked(5), Then::Close, &options).await, TransportErrorKind::TooLarge);
}

fn short() -> ReqwestOptions {
    ReqwestOptions::default().total_limit(Duration::from_millis(50))
}

async fn kind_of(answer: &str, then: Then, options: &ReqwestOptions) -> TransportErrorKind {
    let (address, _task) = serve(answer, then).await;
    ask(&format!("http://{address}/"), options).await.unwrap_err().kind()
}

async fn ask(uri: &str, options: &ReqwestOptions) -> Result<Bytes, TransportError> {
    let request = Request::get(uri).body(Bytes::new()).unwrap();
    let response = ReqwestTransport::with_options(options)?.send(request).await?;
    Ok(response.into_body())
}
