use crate::Limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{sleep, timeout},
};

/// Serves `router` on `listener` until `stop` is true, then lets open requests finish.
///
/// Our own loop instead of `axum::serve`, which installs no timer, so that hyper's header limit would never fire
/// and slow connections would stay for ever.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    loop {
        let accepted = tokio::select! {
            biased;
            () = stopped(&mut stop) => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        if let Some((stream, slot)) = accepted {
            tokio::spawn(connection(stream, router.clone(), limits, stop.clone(), slot));
        }
    }
    drop(listener);
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    if timeout(limits.stop, slots.acquire_many(all)).await.is_err() {
        tracing::warn!("some requests did not finish in time and were dropped");
    }
}

/// One connection: until it ends, its life is over, or the service stops; the last request is answered in any case.
async fn connection(
    stream: TcpStream,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
    slot: OwnedSemaphorePermit,
) {
    let http =
        http1_with_limits(limits).serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut http = pin!(http);
    let ended = tokio::select! {
        ended = http.as_mut() => Some(ended),
        () = sleep(limits.connection_life) => None,
        () = stopped(&mut stop) => None,
    };
    let ended = if let Some(ended) = ended {
        Ok(ended)
    } else {
        http.as_mut().graceful_shutdown();
        // Also ends a connection whose other side does not read.
        timeout(limits.answer, http).await
    };
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "connection ended early"),
        Err(_) => tracing::debug!("connection cut: its time is over"),
    }
    drop(slot);
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a reason to stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// One connection and its slot; `None` after an error that concerns one connection or passes by itself.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
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
            sleep(Duration::from_millis(250)).await;
            None
        }
    }
}

fn http1_with_limits(limits: Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.header).max_buf_size(limits.header_bytes);
    builder
}
