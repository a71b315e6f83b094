use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};
use wx_transport::{Transport, TransportError};

/// A transport that holds the requests to one path until the test lets them through.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    platform: Box<dyn Transport>,
    path: &'static str,
    passes: Semaphore,
    arrived: watch::Sender<usize>,
}

impl Gate {
    pub(crate) fn before(platform: impl Transport + 'static, path: &'static str) -> Self {
        let platform = Box::new(platform);
        Self(Arc::new(Inner { platform, path, passes: Semaphore::new(0), arrived: watch::Sender::new(0) }))
    }

    /// Waits until so many requests stand or have stood at the gate.
    pub(crate) async fn arrived(&self, count: usize) {
        self.0.arrived.subscribe().wait_for(|arrived| *arrived >= count).await.unwrap();
    }

    pub(crate) fn let_through(&self, count: usize) {
        self.0.passes.add_permits(count);
    }
}

#[async_trait]
impl Transport for Gate {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if request.uri().path() == self.0.path {
            self.0.arrived.send_modify(|arrived| *arrived += 1);
            self.0.passes.acquire().await.unwrap().forget();
        }
        self.0.platform.send(request).await
    }
}
