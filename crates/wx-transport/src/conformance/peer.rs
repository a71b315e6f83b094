use super::server::Log;
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The server's end of one connection.
pub(super) struct Peer {
    stream: TcpStream,
    log: Arc<Log>,
    /// Counts from 0 in the order in which connections were made.
    pub(super) number: usize,
    buffer: Vec<u8>,
}

impl Peer {
    pub(super) fn new(stream: TcpStream, log: Arc<Log>, number: usize) -> Self {
        Self { stream, log, number, buffer: Vec::new() }
    }

    /// The next request, head and body; nothing if the connection ends before.
    pub(super) async fn request(&mut self) -> Option<String> {
        let length = loop {
            if let Some(length) = whole(&self.buffer) {
                break length;
            }
            if !matches!(self.stream.read_buf(&mut self.buffer).await, Ok(1..)) {
                return None;
            }
        };
        let request: Vec<u8> = self.buffer.drain(..length).collect();
        let request = String::from_utf8_lossy(&request).into_owned();
        self.log.received(request.clone());
        Some(request)
    }

    /// Errors do not matter: the client may have gone.
    pub(super) async fn write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Holds the connection until the client lets it go.
    pub(super) async fn hold(mut self) {
        while matches!(self.stream.read_buf(&mut self.buffer).await, Ok(1..)) {
            self.buffer.clear();
        }
    }

    /// Ends the connection with an RST.
    pub(super) fn reset(self) {
        // Where it cannot be set, the connection is closed in the usual way.
        drop(self.stream.set_zero_linger());
    }
}

/// How long the first request is if it is there whole.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let end = head + length.unwrap_or(0_usize);
    (bytes.len() >= end).then_some(end)
}
