use super::{
    Make,
    probe::Probe,
    server::{Server, Then},
};
use crate::TransportErrorKind;
use flate2::{Compression, write::GzEncoder};
use std::{io::Write, time::Duration};

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// A server that reads the request and never says a word, or stops in the middle.
pub async fn silence_ends_at_the_total_limit(make: Make<'_>) {
    let probe = Probe::impatient(make);
    for answer in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", CHUNKED] {
        let server = Server::answering(answer, Then::Hold).await;
        let error = probe.unsafe_error(&server, answer).await;
        assert_eq!(error.kind(), TransportErrorKind::Timeout, "{answer:?}");
        assert!(error.is_timeout() && !error.is_connect());
    }
}

/// The limit is not one of silence: a byte now and then does not move it.
pub async fn a_dripping_answer_ends_at_the_total_limit(make: Make<'_>) {
    let probe = Probe::impatient(make);
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\nx: ",
        "HTTP/1.1 200 OK\r\ncontent-length: 999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        // An H may be the first letter of HTTP, and no more of it comes than can be the beginning of an answer.
        let byte = if answer.is_empty() { b'\n' } else { b'a' };
        let server = Server::answering(answer, Then::Drip(byte)).await;
        let error = probe.unsafe_error(&server, answer).await;
        assert_eq!(error.kind(), TransportErrorKind::Timeout, "{answer:?}");
    }
}

/// With no answer behind them.
pub async fn endless_interim_answers_end(make: Make<'_>) {
    let server = Server::answering("", Then::Repeat(b"HTTP/1.1 100 Continue\r\n\r\n")).await;
    Probe::impatient(make).unsafe_error(&server, "100 for ever").await;
}

/// Not one byte of it is waited for.
pub async fn an_announced_body_above_the_limit_is_not_awaited(make: Make<'_>) {
    let probe = Probe::new(make);
    for length in ["1048577", "10737418240", "18446744073709551614"] {
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        let server = Server::answering(answer, Then::Hold).await;
        let error = probe.unsafe_error(&server, length).await;
        if length != "18446744073709551614" {
            assert_eq!(error.kind(), TransportErrorKind::TooLarge, "{length}");
        }
    }
}

/// With chunks and without.
pub async fn an_endless_body_ends_at_the_limit(make: Make<'_>) {
    let probe = Probe::with(make, |limits| limits.body = 64 * 1024);
    for head in [CHUNKED, "HTTP/1.1 200 OK\r\n\r\n"] {
        let server = Server::answering(head, Then::Repeat(b"4\r\nmore\r\n")).await;
        assert_eq!(probe.unsafe_error(&server, head).await.kind(), TransportErrorKind::TooLarge, "{head:?}");
    }
}

/// And one byte more is not.
pub async fn the_body_limit_itself_is_allowed(make: Make<'_>) {
    let probe = Probe::with(make, |limits| limits.body = 4);
    let length = |body: &str| format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let chunk = |body: &str| {
        format!("{CHUNKED}1\r\n{}\r\n{}\r\n{}\r\n0\r\n\r\n", &body[..1], body.len() - 1, &body[1..])
    };
    let to_the_end = |body: &str| format!("HTTP/1.1 200 OK\r\n\r\n{body}");
    for (fits, exceeds) in [
        (length("four"), length("five5")),
        (chunk("four"), chunk("five5")),
        (to_the_end("four"), to_the_end("five5")),
    ] {
        let server = Server::answering(fits, Then::Close).await;
        assert_eq!(probe.answer(&server.url("/")).await.body(), "four");
        let server = Server::answering(exceeds.clone(), Then::Close).await;
        assert_eq!(
            probe.unsafe_error(&server, &exceeds).await.kind(),
            TransportErrorKind::TooLarge,
            "{exceeds}"
        );
    }
}

/// Neither an endless line nor endless lines are collected for ever.
pub async fn an_endless_head_ends(make: Make<'_>) {
    let probe = Probe::with(make, |limits| limits.total = Duration::from_mins(10));
    let lines: &[u8] = b"x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n";
    for (head, more) in [
        ("HTTP/1.1 200 OK\r\n", lines),
        ("HTTP/1.1 200 OK\r\nx: ", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("", b"aaaaaaaa"),
    ] {
        let server = Server::answering(head, Then::Repeat(more)).await;
        let error = probe.unsafe_error(&server, head).await;
        assert!(!error.is_timeout(), "{head:?}");
    }
}

/// Either the compression is not undone, or the limit counts what comes out of it.
pub async fn a_few_bytes_do_not_become_many(make: Make<'_>) {
    let probe = Probe::new(make);
    let bomb = gzip(&vec![0; 64 * 1024 * 1024]);
    let mut answer =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", bomb.len())
            .into_bytes();
    answer.extend(&bomb);
    let server = Server::answering(answer, Then::Hold).await;
    match probe.ask(&server.url("/secret/path")).await {
        Ok(answer) => {
            assert_eq!(answer.headers()["content-encoding"], "gzip");
            assert!(*answer.body() == bomb, "the body has changed");
        }
        Err(error) => assert_eq!(error.kind(), TransportErrorKind::TooLarge),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
