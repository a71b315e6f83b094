use crate::Limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};

/// Serves `router` on `listener` until `stop` resolves, then lets open requests finish.
///
/// Our own loop instead of `axum::serve`, which installs no timer, so that hyper's header limit would never fire
/// and slow connections would stay for ever.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(limits.connections));
    let mut stop = std::pin::pin!(stop);
    loop {
        let stream = tokio::select! {
            biased;
            () = &mut stop => break,
            stream = accept(&listener, &slots) => stream,
        };
        let Some((stream, slot)) = stream else { continue };
        let connection = http1_with_limits(limits)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            match timeout(limits.connection_life, connection).await {
                Ok(Err(error)) => tracing::debug!(%error, "connection ended early"),
                Err(_) => tracing::debug!("connection closed: its time is over"),
                Ok(Ok(())) => {}
            }
            drop(slot);
        });
    }
    drop(listener);
    if timeout(limits.stop, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were dropped");
    }
}

/// One connection and its slot; `None` after an error that concerns one connection or passes by itself.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Small answers should not wait for more; failing to say so costs only time.
            let _ = stream.set_nodelay(true);
            Some((stream, slot))
        }
        Err(error) => {
            tracing::warn!(%error, "cannot accept a connection");
            // Out of descriptors, usually: give the open connections time to end.
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

fn http1_with_limits(limits: Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.header).max_buf_size(limits.header_bytes);
    builder
}
