use super::{
    Make,
    probe::{Probe, secret_request},
    server::{Server, Then},
};
use http::StatusCode;

/// With its headers and its body; a page of HTML too.
pub async fn any_status_is_an_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    for status in [200, 201, 299, 400, 401, 404, 418, 429, 500, 502, 503, 599, 999] {
        let answer = format!(
            "HTTP/1.1 {status} Whatever\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>"
        );
        let server = Server::answering(answer, Then::Close).await;
        let answer = probe.answer(&server.url("/")).await;
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["content-type"], "text/html");
        assert_eq!(answer.body(), "<html></html>");
    }
}

/// It is for the caller to decide where a request goes.
pub async fn a_redirect_is_an_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    let elsewhere = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Close).await;
    for status in [300, 301, 302, 303, 307, 308] {
        let location = elsewhere.url("/");
        let answer = format!("HTTP/1.1 {status} There\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let server = Server::answering(answer, Then::Close).await;
        let answer = probe.answer(&server.url("/")).await;
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["location"].as_bytes()),
            (status, location.as_bytes())
        );
    }
    assert_eq!(elsewhere.connections(), 0, "a redirect was followed");
}

/// "Continue" and "early hints" announce an answer and are none.
pub async fn interim_answers_are_passed_over(make: Make<'_>) {
    let answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";
    let server = Server::answering(answer, Then::Hold).await;
    let answer = Probe::new(make).answer(&server.url("/")).await;
    assert_eq!((answer.status(), answer.body().as_ref()), (StatusCode::OK, b"hi".as_ref()));
    assert!(!answer.headers().contains_key("link"));
}

/// Whatever a length says, HEAD, 204 and 304 have none.
pub async fn an_answer_may_have_no_body(make: Make<'_>) {
    let probe = Probe::new(make);
    for (method, head) in [
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n"),
        ("GET", "HTTP/1.1 304 Not Modified\r\ncontent-length: 99\r\n\r\n"),
        ("GET", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
        ("HEAD", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n"),
        ("HEAD", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n"),
    ] {
        let server = Server::answering(head, Then::Hold).await;
        let answer = probe.send(secret_request(method, &server.url("/"))).await.expect(head);
        assert!(answer.body().is_empty(), "{method} {head:?}");
    }
}

/// As in HTTP/1.0. A cut there cannot be seen.
pub async fn an_answer_without_length_ends_with_its_connection(make: Make<'_>) {
    let probe = Probe::new(make);
    for version in ["1.0", "1.1"] {
        let server = Server::answering(format!("HTTP/{version} 200 OK\r\n\r\nto the end"), Then::Close).await;
        assert_eq!(probe.answer(&server.url("/")).await.body(), "to the end");
    }
}

/// Extensions and trailers are no part of the body.
pub async fn chunks_are_joined(make: Make<'_>) {
    let answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n3;a=b\r\ntwo\r\n00a\r\n0123456789\r\n0\r\nx-sum: 1\r\n\r\n";
    let server = Server::answering(answer, Then::Hold).await;
    assert_eq!(Probe::new(make).answer(&server.url("/")).await.body(), "onetwo0123456789");
}

/// Also when they are no text.
pub async fn bytes_are_given_as_they_came(make: Make<'_>) {
    let picture: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let mut answer = b"HTTP/1.1 200 OK\r\nx-name: caf\xE9\r\ncontent-length: 100000\r\n\r\n".to_vec();
    answer.extend(&picture);
    let server = Server::answering(answer, Then::Hold).await;
    let answer = Probe::new(make).answer(&server.url("/")).await;
    assert_eq!(answer.headers()["x-name"].as_bytes(), b"caf\xE9");
    assert!(*answer.body() == picture, "the body has changed");
}

/// 60 headers, 12 KiB.
pub async fn a_long_head_is_read(make: Make<'_>) {
    let headers: Vec<_> = (0..60).map(|number| format!("x-{number}: {}\r\n", "v".repeat(200))).collect();
    let headers = headers.concat();
    let server =
        Server::answering(format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\nhi"), Then::Hold)
            .await;
    let answer = Probe::new(make).answer(&server.url("/")).await;
    assert_eq!((answer.headers()["x-59"].len(), answer.body().as_ref()), (200, b"hi".as_ref()));
}
