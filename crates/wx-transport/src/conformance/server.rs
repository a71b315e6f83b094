use super::peer::Peer;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, task::AbortHandle};

/// A server on a free port of this machine that does to each connection what a rule wants.
pub(super) struct Server {
    address: SocketAddr,
    log: Arc<Log>,
    accepting: AbortHandle,
}

/// What came in.
#[derive(Default)]
pub(super) struct Log(Mutex<Entries>);

#[derive(Default)]
struct Entries {
    connections: usize,
    requests: Vec<String>,
}

/// What happens after an answer.
#[derive(Clone, Copy)]
pub(super) enum Then {
    Close,
    Hold,
    Reset,
    /// Again and again, as fast as the client reads.
    Repeat(&'static [u8]),
    /// One byte each millisecond.
    Drip(u8),
}

impl Server {
    pub(super) async fn start<F>(serve: impl Fn(Peer) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, log) = (listener.local_addr().unwrap(), Arc::new(Log::default()));
        let connections = Arc::clone(&log);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = connections.connected();
                tokio::spawn(serve(Peer::new(stream, Arc::clone(&connections), number)));
            }
        });
        Self { address, log, accepting: accepting.abort_handle() }
    }

    /// Answers the first request of each connection with these bytes, however wrong they are.
    pub(super) async fn answering(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let answer: Arc<[u8]> = answer.into().into();
        Self::start(move |peer| once(peer, Arc::clone(&answer), then)).await
    }

    /// An address of this server.
    pub(super) fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections were made.
    pub(super) fn connections(&self) -> usize {
        self.log.entries(|entries| entries.connections)
    }

    /// All whole requests so far.
    pub(super) fn requests(&self) -> Vec<String> {
        self.log.entries(|entries| entries.requests.clone())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Log {
    pub(super) fn received(&self, request: String) {
        self.entries(|entries| entries.requests.push(request));
    }

    fn connected(&self) -> usize {
        self.entries(|entries| {
            entries.connections += 1;
            entries.connections - 1
        })
    }

    fn entries<T>(&self, read: impl FnOnce(&mut Entries) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn once(mut peer: Peer, answer: Arc<[u8]>, then: Then) {
    if peer.request().await.is_none() {
        return;
    }
    peer.write(answer).await;
    match then {
        Then::Close => {}
        Then::Hold => peer.hold().await,
        Then::Reset => peer.reset(),
        Then::Repeat(bytes) => while peer.write(bytes).await {},
        Then::Drip(byte) => drip(peer, byte).await,
    }
}

async fn drip(mut peer: Peer, byte: u8) {
    let mut clock = tokio::time::interval(Duration::from_millis(1));
    while peer.write([byte]).await {
        clock.tick().await;
    }
}
