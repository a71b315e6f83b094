//! A server that answers one connection with given bytes, however wrong they are.

use std::net::{SocketAddr, TcpListener as StdListener};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What happens after the given bytes.
pub(crate) enum Then {
    Close,
    KeepOpen,
    RepeatForEver(&'static [u8]),
}

/// Returns the address, and a task that ends with the bytes of the request.
pub(crate) async fn serve(answer: impl Into<Vec<u8>>, then: Then) -> (SocketAddr, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = answer.into();
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        stream.write_all(&answer).await.unwrap();
        match then {
            Then::Close => {}
            Then::KeepOpen => drop(stream.read_to_end(&mut Vec::new()).await),
            Then::RepeatForEver(bytes) => while stream.write_all(bytes).await.is_ok() {},
        }
        request
    });
    (address, task)
}

/// An address that completes connections and never says a word while the listener lives.
pub(crate) fn silent() -> (SocketAddr, StdListener) {
    let listener = StdListener::bind("127.0.0.1:0").unwrap();
    (listener.local_addr().unwrap(), listener)
}

/// An address where nobody listens. The socket is bound and not listening, so nobody else can take the port.
pub(crate) fn refused() -> (SocketAddr, tokio::net::TcpSocket) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    (socket.local_addr().unwrap(), socket)
}

async fn read_request(stream: &mut TcpStream) -> Vec<u8> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0, "the request was cut");
    }
    request
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
