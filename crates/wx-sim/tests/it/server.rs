use crate::{http_client::get, stage::Stage};
use std::io::ErrorKind;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wx_sim::{Options, Simulator};

const _: () = {
    const fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<Simulator>();
};

#[tokio::test]
async fn it_starts_in_one_line_on_a_free_port() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    assert_ne!(sim.address().port(), 0);
    assert_eq!(sim.base_url(), format!("http://127.0.0.1:{}", sim.address().port()));
    assert_eq!(get(&format!("{}/", sim.base_url())).await.status, 200);
}

#[tokio::test]
async fn the_platform_can_stand_there_alone() {
    let stage = Stage::with(Options::default().without_control()).await;
    for path in ["/", "/sim/clock", "/sim/transcript"] {
        assert_eq!(get(&stage.url(path)).await.json()["errcode"], 40066, "{path}");
    }
    assert_eq!(stage.ticket("a").await.len(), 96);
}

#[tokio::test]
async fn after_shutdown_the_address_is_free() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    let address = sim.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: sim\r\n\r\n").await.unwrap();
    idle.read_exact(&mut [0; 64]).await.unwrap();
    sim.shutdown().await;
    let again = Simulator::start(Options::default().listen(address)).await.unwrap();
    assert_eq!(get(&format!("{}/", again.base_url())).await.status, 200);
}

#[tokio::test]
async fn dropping_it_stops_it() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    let address = sim.address();
    let mut open = TcpStream::connect(address).await.unwrap();
    open.write_all(b"GET / HTTP/1.1\r\nHost: sim\r\n\r\n").await.unwrap();
    open.read_exact(&mut [0; 64]).await.unwrap();
    drop(sim);
    let mut rest = Vec::new();
    // The connection ends, by a close or a reset.
    let _ = open.read_to_end(&mut rest).await;
    let refused = TcpStream::connect(address).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn what_is_no_http_is_turned_away() {
    let stage = Stage::start().await;
    let mut stream = TcpStream::connect(stage.sim.address()).await.unwrap();
    stream.write_all(b"\x16\x03\x01 no http at all\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 400"), "{answer:?}");
    assert_eq!(get(&stage.url("/")).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_never_ends_its_headers_or_its_body_is_let_go() {
    let stage = Stage::start().await;
    let body = "POST /sim/follow HTTP/1.1\r\nHost: sim\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{";
    for slow in ["GET / HTTP/1.1\r\nHost:", body] {
        let mut stream = TcpStream::connect(stage.sim.address()).await.unwrap();
        stream.write_all(slow.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // Ends only if the simulator ends it.
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408"), "{answer:?}");
    }
}

#[tokio::test]
async fn two_simulators_live_side_by_side() {
    let (one, two) = (Stage::start().await, Stage::start().await);
    let ticket = one.ticket("a").await;
    let path = format!("/cgi-bin/showqrcode?ticket={ticket}");
    assert_eq!(get(&one.url(&path)).await.status, 200);
    assert_eq!(get(&two.url(&path)).await.status, 404);
}
