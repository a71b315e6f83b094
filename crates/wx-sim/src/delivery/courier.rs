use super::{Answer, Receiver, Verdict};
use crate::push::Envelope;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

/// Carries envelopes to the callback address, each over a connection of its own, as a platform of many machines does.
pub(crate) struct Courier {
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Courier {
    pub(crate) fn new() -> Self {
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http();
        Self { client }
    }

    pub(super) async fn post(&self, receiver: &Receiver, envelope: Envelope) -> Result<Answer, Verdict> {
        self.carry(Method::POST, receiver, envelope).await
    }

    pub(super) async fn get(&self, receiver: &Receiver, envelope: Envelope) -> Result<Answer, Verdict> {
        self.carry(Method::GET, receiver, envelope).await
    }

    async fn carry(
        &self,
        method: Method,
        receiver: &Receiver,
        envelope: Envelope,
    ) -> Result<Answer, Verdict> {
        let request = request(method, &receiver.url, envelope).map_err(|_| Verdict::Unreachable)?;
        let answered = tokio::time::timeout(receiver.time_limit, self.exchange(request)).await;
        answered.unwrap_or(Err(Verdict::TimedOut))
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, Verdict> {
        let sent = self.client.request(request).await;
        let response =
            sent.map_err(|error| if error.is_connect() { Verdict::Unreachable } else { Verdict::Broken })?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), LONGEST_ANSWER).collect().await;
        let body = body.map_err(|_| Verdict::Broken)?.to_bytes();
        Ok(Answer { status, body, reply: None })
    }
}

/// No reply comes near one mebibyte; what does is cut off.
const LONGEST_ANSWER: usize = 1024 * 1024;

fn request(method: Method, url: &str, envelope: Envelope) -> http::Result<Request<Full<Bytes>>> {
    let url = url.split('#').next().unwrap_or(url);
    let joint = if url.contains('?') { '&' } else { '?' };
    let mut request = Request::builder().method(method).uri(format!("{url}{joint}{}", envelope.query));
    if !envelope.body.is_empty() {
        request = request.header(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    }
    request.body(Full::from(envelope.body))
}
