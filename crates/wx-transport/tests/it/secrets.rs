//! The query holds secrets: no error may show it.

use crate::server::{Then, refused, serve, silent};
use bytes::Bytes;
use http::Request;
use std::{error::Error, fmt::Write, net::SocketAddr, time::Duration};
use wx_transport::{ReqwestOptions, ReqwestTransport, Transport, TransportErrorKind};

const SECRET: &str = "CANARY-7f3a";

#[tokio::test]
async fn no_error_shows_the_query() {
    let (nobody, _socket) = refused();
    check("http", nobody, TransportErrorKind::Connect).await;

    let (slow, _listener) = silent();
    check("http", slow, TransportErrorKind::Timeout).await;

    let (cut, _task) = serve("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", Then::Close).await;
    check("http", cut, TransportErrorKind::Body).await;

    let (silent_end, _task) = serve("", Then::Close).await;
    check("http", silent_end, TransportErrorKind::Body).await;

    let (stalled, _task) = serve("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", Then::KeepOpen).await;
    check("http", stalled, TransportErrorKind::Timeout).await;

    let (large, _task) = serve("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n", Then::KeepOpen).await;
    check("http", large, TransportErrorKind::TooLarge).await;

    check("gopher", nobody, TransportErrorKind::Request).await;
}

/// The limit on time is small only where it must strike, so that a busy machine cannot strike first elsewhere.
async fn check(scheme: &str, address: SocketAddr, expected: TransportErrorKind) {
    let millis = if expected == TransportErrorKind::Timeout { 50 } else { 60_000 };
    let options = ReqwestOptions::default().total_limit(Duration::from_millis(millis)).body_limit(9);
    let request =
        Request::get(format!("{scheme}://{address}/cgi?secret={SECRET}")).body(Bytes::new()).unwrap();
    let error = ReqwestTransport::with_options(&options).unwrap().send(request).await.unwrap_err();
    assert_eq!(error.kind(), expected, "{error:?}");
    let text = everything(&error);
    assert!(!text.contains(SECRET) && !text.contains("/cgi"), "{expected:?}: {text}");
}

fn everything(error: &dyn Error) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(text, "{error} / {error:?} / {error:#?}").unwrap();
        next = error.source();
    }
    text
}

#[tokio::test]
async fn a_wrong_proxy_address_is_not_shown() {
    for address in [format!("http://user:{SECRET}@"), format!("gopher://user:{SECRET}@host:99999")] {
        let options = ReqwestOptions::default().proxy(&address);
        let text = everything(&ReqwestTransport::with_options(&options).unwrap_err());
        assert!(!text.contains(SECRET), "{text}");
    }
}
