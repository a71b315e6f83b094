mod line;

use crate::{Error, fault::Broken};
use axum::{Router, response::Response};
use http::Request;
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use line::{Fate, Line};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    task::{JoinHandle, JoinSet},
};

/// The accept loop. Our own, because `axum::serve` sets no timer and so waits for slow headers for ever.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(listen: SocketAddr, router: Router) -> Result<Self, Error> {
        let failed = |source| Error::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept(listener, router, stopped));
        Ok(Self { address, stop: Some(stop), task })
    }

    pub(crate) async fn stop(mut self) {
        drop(self.stop.take());
        // The task neither panics nor is cancelled before this handle is dropped.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Stands in the extensions of every request: where it came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// More connections than this wait in the queue of the operating system.
const MOST_CONNECTIONS: usize = 1024;
const HEADER_LIMIT: Duration = Duration::from_secs(10);
const STOP_LIMIT: Duration = Duration::from_secs(2);
/// After a failed accept (no more file descriptors, say) there is no use in asking again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

async fn accept(listener: TcpListener, router: Router, mut stopped: oneshot::Receiver<()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            accepted = next(&listener, &places) => match accepted {
                Ok(accepted) => serve(&mut connections, &graceful, accepted, router.clone()),
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    // Dropping the set afterwards closes whatever did not end in time.
    let _ = tokio::time::timeout(STOP_LIMIT, graceful.shutdown()).await;
}

/// A connection, and its place among those that are served at a time.
struct Accepted {
    stream: TcpStream,
    peer: Peer,
    place: Option<OwnedSemaphorePermit>,
}

async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<Accepted> {
    let place = Arc::clone(places).acquire_owned().await.ok();
    let (stream, peer) = listener.accept().await?;
    Ok(Accepted { stream, peer: Peer(peer.ip().to_canonical()), place })
}

fn serve(connections: &mut JoinSet<()>, graceful: &GracefulShutdown, accepted: Accepted, router: Router) {
    let Accepted { stream, peer, place } = accepted;
    let (line, fate) = Line::new(stream);
    let service = TowerToHyperService::new(router);
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(HEADER_LIMIT).serve_connection(
            TokioIo::new(line),
            service_fn(move |request| answer(service.clone(), request, peer, fate.clone())),
        );
    let connection = graceful.watch(connection);
    connections.spawn(async move {
        // A peer that goes away is its own affair.
        let _ = connection.await;
        drop(place);
    });
}

/// An error where the connection is to end without an answer.
async fn answer(
    service: TowerToHyperService<Router>,
    mut request: Request<Incoming>,
    peer: Peer,
    fate: Fate,
) -> io::Result<Response> {
    request.extensions_mut().insert(peer);
    let response = match service.call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if response.extensions().get::<Broken>().is_some() {
        fate.reset();
        return Err(io::ErrorKind::ConnectionReset.into());
    }
    Ok(response)
}
