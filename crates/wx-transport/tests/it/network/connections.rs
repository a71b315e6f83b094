//! Connections that wait for another request.

use super::{
    each, get,
    server::{exchange, ok},
};
use std::time::Duration;
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
};
use wx_transport::TransportOptions;

#[tokio::test]
async fn one_that_nobody_needs_is_closed() {
    for (kind, transport) in each(&TransportOptions::default().idle_limit(Duration::from_secs(20))) {
        let transport = transport.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (answer, mut stream) = tokio::join!(transport.send(get(&url)), answer_once(&listener));
        assert_eq!((answer.unwrap().status().as_u16(), kind), (200, kind));
        // From here on time passes whenever nobody has anything to do.
        tokio::time::pause();
        let closed = tokio::time::timeout(Duration::from_mins(1), stream.read(&mut [0])).await;
        assert!(matches!(closed, Ok(Ok(0))), "{kind}: {closed:?}");
        tokio::time::resume();
    }
}

#[tokio::test]
async fn one_that_the_server_closes_without_a_word_is_not_used_again() {
    for (kind, transport) in each(&TransportOptions::default()) {
        let transport = transport.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        for _ in 0..10 {
            let (answer, stream) = tokio::join!(transport.send(get(&url)), answer_once(&listener));
            assert_eq!((answer.unwrap().status().as_u16(), kind), (200, kind));
            drop(stream);
            until_all_is_noticed(&listener).await;
        }
    }
}

async fn answer_once(listener: &TcpListener) -> TcpStream {
    let mut stream = listener.accept().await.unwrap().0;
    exchange(&mut stream, ok("").as_bytes()).await;
    stream
}

/// Lets the runtime look at its sockets, and all its tasks at what it saw.
async fn until_all_is_noticed(listener: &TcpListener) {
    let address = listener.local_addr().unwrap();
    let (ours, theirs) = tokio::join!(TcpStream::connect(address), listener.accept());
    drop((ours.unwrap(), theirs.unwrap()));
    tokio::task::yield_now().await;
}
