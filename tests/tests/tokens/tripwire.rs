use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use tokio::sync::{mpsc, watch};
use wx_transport::{ReqwestTransport, Transport, TransportError};

/// The real transport, which can be made to stop when the platform has just given a token.
#[derive(Debug)]
pub(crate) struct Tripwire {
    wire: ReqwestTransport,
    armed: watch::Receiver<bool>,
    tripped: mpsc::UnboundedSender<()>,
}

impl Tripwire {
    /// Stops while it is armed, and says so when it does.
    pub(crate) fn new(armed: watch::Receiver<bool>, tripped: mpsc::UnboundedSender<()>) -> Self {
        Self { wire: ReqwestTransport::new(), armed, tripped }
    }
}

#[async_trait]
impl Transport for Tripwire {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let gives_token = request.uri().path().ends_with("token");
        let answer = self.wire.send(request).await;
        let mut armed = self.armed.clone();
        if gives_token && *armed.borrow() {
            self.tripped.send(()).unwrap();
            armed.wait_for(|armed| !armed).await.unwrap();
        }
        answer
    }
}
