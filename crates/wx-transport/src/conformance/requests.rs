use super::{
    Make,
    probe::Probe,
    server::{Server, Then},
};
use crate::TransportErrorKind;
use bytes::Bytes;
use http::Request;

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// Target, headers and body are sent byte for byte; nothing is encoded a second time.
pub async fn the_request_arrives_as_it_is(make: Make<'_>) {
    let server = Server::answering(OK, Then::Hold).await;
    let target = "/a/b%20c?ticket=a%2Bb%3D%3D&x=1&empty=&x=%E5%9C%BA";
    let body = r#"{ "场": 1 }"#;
    let request = Request::post(server.url(target))
        .header("content-type", "application/json")
        .header("x-two", "1")
        .header("x-two", "2")
        .body(Bytes::from_static(body.as_bytes()))
        .unwrap();
    Probe::new(make).send(request).await.unwrap();

    let received = server.requests().remove(0);
    let (head, sent) = received.split_once("\r\n\r\n").unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    assert_eq!((line, sent), (&*format!("POST {target} HTTP/1.1"), body));
    let headers = headers.to_ascii_lowercase();
    for expected in
        [&format!("host: {}", server.address()), "content-type: application/json", "x-two: 1", "x-two: 2"]
    {
        assert_eq!(headers.lines().filter(|line| line == &expected).count(), 1, "{expected} in {headers}");
    }
}

/// GET, HEAD, POST, PUT, PATCH, DELETE.
pub async fn every_method_is_sent(make: Make<'_>) {
    let probe = Probe::new(make);
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
        let server = Server::answering(OK, Then::Hold).await;
        let request = Request::builder().method(method).uri(server.url("/")).body(Bytes::new()).unwrap();
        probe.send(request).await.unwrap();
        let received = server.requests().remove(0);
        assert!(received.starts_with(&format!("{method} / HTTP/1.1\r\n")), "{received}");
    }
}

/// One `content-length`, also of an empty body, whatever the caller has written; no chunks.
pub async fn a_body_has_its_length(make: Make<'_>) {
    let probe = Probe::new(make);
    for (body, given, expected) in
        [("", None, 0), ("four", None, 4), ("four", Some("9"), 4), ("four", Some("4"), 4)]
    {
        let server = Server::answering(OK, Then::Hold).await;
        let mut request = Request::post(server.url("/")).body(Bytes::from_static(body.as_bytes())).unwrap();
        if let Some(given) = given {
            request.headers_mut().insert("content-length", given.parse().unwrap());
        }
        probe.send(request).await.unwrap();
        let received = server.requests().remove(0).to_ascii_lowercase();
        let lengths: Vec<_> = received.lines().filter(|line| line.starts_with("content-length:")).collect();
        assert_eq!(lengths, [format!("content-length: {expected}")], "{received}");
        assert!(!received.contains("transfer-encoding"), "{received}");
    }
}

/// Larger than all buffers on the way.
pub async fn a_large_body_is_sent_whole(make: Make<'_>) {
    let server = Server::answering(OK, Then::Hold).await;
    let body = "0123456789abcdef".repeat(512 * 1024);
    let request = Request::post(server.url("/")).body(Bytes::from(body.clone())).unwrap();
    Probe::new(make).send(request).await.unwrap();
    assert!(server.requests()[0].ends_with(&format!("\r\n\r\n{body}")), "the body has changed");
}

/// Before anything happens.
pub async fn what_cannot_be_sent_is_refused(make: Make<'_>) {
    let probe = Probe::new(make);
    for url in ["/secret/path", "ftp://127.0.0.1/", "127.0.0.1", "http://127.0.0.1:99999/", "mailto:a"] {
        let Ok(request) = Request::get(url).body(Bytes::new()) else { continue };
        let error = probe.send(request).await.expect_err(url);
        assert_eq!(error.kind(), TransportErrorKind::Request, "{url}");
        assert!(error.is_repeat_safe());
    }
}
