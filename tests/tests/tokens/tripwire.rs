use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use wx_transport::{ReqwestTransport, Transport, TransportError, TransportOptions};

/// On a machine that is busy with something else an answer may take long.
const PATIENCE: Duration = Duration::from_mins(10);

/// The real transport, which can be made to stop when the platform has just given a token.
#[derive(Debug)]
pub(crate) struct Tripwire {
    wire: ReqwestTransport,
    armed: watch::Receiver<Option<u64>>,
    tripped: mpsc::UnboundedSender<u64>,
}

impl Tripwire {
    /// Stops while it is armed with the number of a round, and says that number when it does.
    pub(crate) fn new(armed: watch::Receiver<Option<u64>>, tripped: mpsc::UnboundedSender<u64>) -> Self {
        let options = TransportOptions::default().total_limit(PATIENCE).connect_limit(PATIENCE);
        Self { wire: ReqwestTransport::with_options(&options).unwrap(), armed, tripped }
    }
}

#[async_trait]
impl Transport for Tripwire {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let gives_token = request.uri().path().ends_with("token");
        let answer = self.wire.send(request).await;
        let mut armed = self.armed.clone();
        let round = *armed.borrow();
        if let Some(round) = round.filter(|_| gives_token) {
            self.tripped.send(round).unwrap();
            armed.wait_for(Option::is_none).await.unwrap();
        }
        answer
    }
}
