use super::{Make, server::Server};
use crate::{Limits, Transport, TransportError};
use bytes::Bytes;
use http::{Request, Response};
use std::{error::Error, fmt::Write, sync::Arc, time::Duration};

/// Stands in the query, a header and the body of every request, and must stand in no error.
const SECRET: &str = "CANARY-7f3a9c51";

/// A transport under test.
pub(super) struct Probe(pub(super) Arc<dyn Transport>);

impl Probe {
    /// With limits that strike only where a rule lets them: a busy machine must not strike first.
    pub(super) fn new(make: Make<'_>) -> Self {
        Self::with(make, |_| {})
    }

    pub(super) fn with(make: Make<'_>, change: impl FnOnce(&mut Limits)) -> Self {
        let minute = Duration::from_mins(1);
        let mut limits = Limits { connect: minute, total: minute, body: 1024 * 1024 };
        change(&mut limits);
        Self(make(limits))
    }

    /// With a total limit that is there to strike.
    pub(super) fn impatient(make: Make<'_>) -> Self {
        Self::with(make, |limits| limits.total = Duration::from_millis(50))
    }

    /// Sends a request with a secret, and looks for it in the error if there is one.
    pub(super) async fn ask(&self, url: &str) -> Result<Response<Bytes>, TransportError> {
        self.send(secret_request("POST", url)).await
    }

    pub(super) async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let outcome = self.0.send(request).await;
        outcome.inspect_err(|error| {
            let text = everything(error);
            assert!(
                !text.contains(SECRET) && !text.contains("/secret/path"),
                "an error shows the request: {text}"
            );
        })
    }

    pub(super) async fn answer(&self, url: &str) -> Response<Bytes> {
        self.ask(url).await.unwrap()
    }

    pub(super) async fn error(&self, url: &str) -> TransportError {
        self.ask(url).await.unwrap_err()
    }

    /// An error that nobody may take for "nothing was done".
    pub(super) async fn unsafe_error(&self, server: &Server, what: &str) -> TransportError {
        let outcome = self.ask(&server.url("/secret/path")).await;
        let error = outcome.expect_err(what);
        assert!(!error.is_repeat_safe() && error.may_have_reached_server(), "{what}: {error:?}");
        error
    }
}

pub(super) fn secret_request(method: &str, url: &str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(format!("{url}?secret={SECRET}"));
    request.header("x-secret", SECRET).body(Bytes::from_static(SECRET.as_bytes())).unwrap()
}

fn everything(error: &dyn Error) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(text, "{error} / {error:?} / {error:#?}").unwrap();
        next = error.source();
    }
    text
}
