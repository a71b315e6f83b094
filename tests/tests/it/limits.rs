//! What is too large, too slow or in the wrong place is turned away before it costs anything.

use crate::letter::{FOLLOW, Letter};
use scenarios::{Setup, World, get, post};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use wx_server::Limits;
use wx_sim::Mode;

#[tokio::test]
async fn a_body_beyond_the_limit_is_too_large() {
    let world = World::start(Mode::Plain).await;
    let url = world.service.callback_url();
    let padded = |bytes: usize| format!("{FOLLOW}{}", " ".repeat(bytes - FOLLOW.len()));
    let limit = Limits::default().body_bytes;

    assert_eq!(Letter::new(padded(limit + 1)).clear(&url).await.0, 413);
    assert_eq!(world.service.stored().await, 0);
    assert_eq!(Letter::new(padded(limit)).clear(&url).await.0, 200);
    assert_eq!(world.service.stored().await, 1);
}

#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    let world = World::start(Mode::Plain).await;
    let letter = Letter { headers: vec![("content-encoding", "gzip")], ..Letter::new(FOLLOW) };
    assert_eq!(letter.clear(&world.service.callback_url()).await.0, 415);
    assert_eq!(world.service.stored().await, 0);
}

#[tokio::test]
async fn other_paths_are_not_found_and_the_console_is_not_public() {
    let world = World::start(Mode::Plain).await;
    let callback = format!("http://{}", world.service.callback);
    for path in ["/", "/wx", "/wx/callback/", "/api/report", "/dashboard.css"] {
        assert_eq!(get(&format!("{callback}{path}")).await.0, 404, "{path}");
        assert_eq!(post(&format!("{callback}{path}"), FOLLOW).await.0, 404, "{path}");
    }
    assert_eq!(get(&world.service.console_url("/wx/callback")).await.0, 404);
    assert_eq!(get(&format!("{callback}/healthz")).await, (200, "ok".to_owned()));
}

#[tokio::test]
async fn a_connection_that_never_ends_its_head_is_closed() {
    let mut limits = Limits::default();
    limits.header = Duration::from_millis(500);
    let world = World::with(Setup { limits, ..Setup::new(Mode::Plain) }).await;

    let [mut callback, mut console] =
        [slow_connection(world.service.callback).await, slow_connection(world.service.console).await];
    // Everybody else is served meanwhile.
    assert!(world.simulator.verify_callback().await.unwrap().passed);

    tokio::join!(assert_ends(&mut callback), assert_ends(&mut console));
}

async fn slow_connection(address: SocketAddr) -> TcpStream {
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"POST /wx/callback HTTP/1.1\r\nHost: wx\r\nX-Slow: ").await.unwrap();
    slow
}

/// Waits for the end of the connection, not for a time; the bound only keeps a failure from hanging.
pub(crate) async fn assert_ends(connection: &mut TcpStream) {
    let mut rest = Vec::new();
    let end = timeout(Duration::from_mins(1), connection.read_to_end(&mut rest)).await;
    end.expect("the server closes the connection").expect("an orderly end");
}
