//! What a connection may cost.

use crate::{
    client::{post, post_with, raw},
    service::{Service, scan, signed},
};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wx_server::Limits;

fn short() -> Limits {
    let mut limits = Limits::default();
    limits.header = Duration::from_millis(100);
    limits.body = Duration::from_millis(100);
    limits.answer = Duration::from_millis(100);
    limits
}

#[tokio::test]
async fn closes_a_connection_whose_head_does_not_end() {
    let service = Service::with(short()).await;
    let mut stream = TcpStream::connect(service.callback).await.unwrap();
    stream.write_all(b"POST /wx/callback HTTP/1.1\r\nHost: w").await.unwrap();
    let mut rest = Vec::new();
    // Ends only because the server closes.
    let _ = stream.read_to_end(&mut rest).await;
}

#[tokio::test]
async fn closes_an_idle_connection_that_was_used() {
    let service = Service::with(short()).await;
    let mut stream = TcpStream::connect(service.callback).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("ok"), "{answer}");
}

#[tokio::test]
async fn gives_up_on_a_body_that_does_not_come() {
    let service = Service::with(short()).await;
    let head = format!("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n<xml", signed());
    assert_eq!(raw(service.callback, head.as_bytes()).await.unwrap().status, 408);
}

#[tokio::test]
async fn refuses_large_bodies_and_heads() {
    let service = Service::start().await;
    assert_eq!(post(service.callback, &signed(), &vec![b'x'; 65_537]).await.status, 413);
    let announced =
        format!("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\nx", signed());
    assert_eq!(raw(service.callback, announced.as_bytes()).await.unwrap().status, 413);
    let chunks = format!("{}0\r\n\r\n", format!("1000\r\n{}\r\n", "x".repeat(4096)).repeat(32));
    let head = format!("POST {} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", signed());
    assert_eq!(raw(service.callback, format!("{head}{chunks}").as_bytes()).await.unwrap().status, 413);
    let long = format!("X-Long: {}\r\n", "x".repeat(20_000));
    assert_eq!(post_with(service.callback, &signed(), &long, b"").await.status, 431);
    assert_eq!(service.stored().await, 0);
}

#[tokio::test]
async fn answers_in_time_when_the_store_hangs() {
    let service = Service::with(short()).await;
    service.store.hangs.store(true, Ordering::SeqCst);
    assert_eq!(post(service.callback, &signed(), scan("o1").as_bytes()).await.status, 503);
}

#[tokio::test]
async fn stops_although_a_connection_is_open_and_frees_its_port() {
    let service = Service::start().await;
    let (callback, console) = (service.callback, service.console);
    let mut idle = TcpStream::connect(callback).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 1];
    idle.read_exact(&mut first).await.unwrap();
    service.stop().await;
    assert!(TcpStream::connect(callback).await.is_err());
    assert!(TcpStream::connect(console).await.is_err());
}

#[tokio::test]
async fn ends_a_connection_that_was_refused() {
    let service = Service::start().await;
    let mut stream = TcpStream::connect(service.callback).await.unwrap();
    stream.write_all(b"GET /elsewhere HTTP/1.1\r\nHost: wx\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    // Ends only because the server closes.
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("connection: close"), "{answer}");
}

#[tokio::test]
async fn ends_a_busy_connection_when_its_life_is_over() {
    let mut limits = Limits::default();
    limits.connection_life = Duration::from_millis(100);
    let service = Service::with(limits).await;
    let mut stream = TcpStream::connect(service.callback).await.unwrap();
    let mut answers = 0;
    let request = b"GET /healthz HTTP/1.1\r\nHost: wx\r\n\r\n";
    let mut buffer = [0; 1024];
    // Keeps asking; only the server can end this.
    while stream.write_all(request).await.is_ok() && stream.read(&mut buffer).await.is_ok_and(|read| read > 0)
    {
        answers += 1;
    }
    assert!(answers > 0);
}
