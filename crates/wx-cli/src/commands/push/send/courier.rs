use crate::{
    commands::push::{address, content_type},
    edge::Stopwatch,
    failure::{Failure, Outcome, sentence},
};
use bytes::Bytes;
use http::{Request, Uri, header};
use std::time::Duration;
use wx_transport::{ReqwestTransport, Transport, TransportError, TransportErrorKind, TransportOptions};

/// Carries requests to one callback address.
pub(crate) struct Courier {
    url: String,
    pub(crate) limit: Duration,
    transport: ReqwestTransport,
}

/// What came back, and how long it took.
pub(crate) struct Answer {
    pub(crate) arrived: Result<(u16, Bytes), TransportError>,
    pub(crate) time: Duration,
    /// How long it would have been waited for.
    pub(crate) limit: Duration,
}

impl Courier {
    pub(crate) fn new(url: &str, limit: Duration) -> Outcome<Self> {
        let uri: Option<Uri> = url.split('#').next().and_then(|url| url.parse().ok());
        let is_whole = |uri: &Uri| {
            matches!(uri.scheme_str(), Some("http" | "https"))
                && uri.host().is_some_and(|host| !host.is_empty())
        };
        if !uri.as_ref().is_some_and(is_whole) {
            return Err(Failure::invalid(format!(
                "{url:?} is no address; give a whole one such as http://127.0.0.1:8080/wx/callback"
            )));
        }
        let options = TransportOptions::default()
            .connect_limit(limit.min(CONNECT_LIMIT))
            .total_limit(limit)
            .body_limit(LONGEST_ANSWER)
            .idle_limit(Duration::ZERO)
            .user_agent(concat!("wx/", env!("CARGO_PKG_VERSION"), " (push send)"));
        let transport =
            ReqwestTransport::with_options(&options).map_err(|error| Failure::failed(sentence(&error)))?;
        Ok(Self { url: url.to_owned(), limit, transport })
    }

    pub(crate) async fn post(&self, query: &str, body: &str) -> Outcome<Answer> {
        let request =
            Request::post(address(&self.url, query)).header(header::CONTENT_TYPE, content_type(body));
        self.carry(request.body(Bytes::from(body.to_owned()))).await
    }

    pub(crate) async fn get(&self, query: &str) -> Outcome<Answer> {
        self.carry(Request::get(address(&self.url, query)).body(Bytes::new())).await
    }

    async fn carry(&self, request: http::Result<Request<Bytes>>) -> Outcome<Answer> {
        let request =
            request.map_err(|error| Failure::invalid(format!("{:?} is no address: {error}", self.url)))?;
        let stopwatch = Stopwatch::start();
        let sent = self.transport.send(request).await;
        let time = stopwatch.elapsed();
        match sent {
            Err(error) if error.kind() == TransportErrorKind::Request => {
                Err(Failure::invalid(sentence(&error)))
            }
            sent => {
                let arrived = sent.map(|response| (response.status().as_u16(), response.into_body()));
                Ok(Answer { arrived, time, limit: self.limit })
            }
        }
    }
}

const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// No reply comes near one mebibyte.
const LONGEST_ANSWER: usize = 1024 * 1024;
