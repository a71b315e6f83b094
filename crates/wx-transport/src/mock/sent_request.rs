use crate::{Redaction, secrets::named};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use std::fmt;

/// A request that a [`MockTransport`](crate::MockTransport) received.
///
/// It holds everything that was sent, credentials included. Its `Debug` form leaves their values out where a name tells
/// them (see [`Redaction`]).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentRequest {
    /// The method.
    pub method: Method,
    /// The absolute URI, as the caller built it.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The exact bytes of the body.
    pub body: Bytes,
}

impl SentRequest {
    /// The path, such as `/cgi-bin/token`.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query without its question mark, still percent-encoded; empty if there is none.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// The decoded value of a query parameter, the first one of this name.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query().as_bytes());
        pairs.find(|(present, _)| present == name).map(|(_, value)| value.into_owned())
    }

    /// Method, path and query in one line: `POST /create?key=k`.
    pub fn line(&self) -> String {
        let target = self.uri.path_and_query().map_or("/", |target| target.as_str());
        format!("{} {target}", self.method)
    }

    /// The body as text, with replacement characters where it is not UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON. Nothing if it is none.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The line without the values of credentials.
    pub(super) fn redacted_line(&self) -> String {
        named::redacted(&self.line(), |name| Redaction::default().hides_in_query(name))
    }
}

impl From<Request<Bytes>> for SentRequest {
    fn from(request: Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        Self { method: parts.method, uri: parts.uri, headers: parts.headers, body }
    }
}

impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let redaction = Redaction::default();
        let shown = self.headers.iter().filter(|(name, _)| !redaction.hides(name.as_str()));
        f.debug_struct("SentRequest")
            .field("line", &self.redacted_line())
            .field("headers", &shown.collect::<Vec<_>>())
            .field("body", &named::redacted(&self.text(), |name| redaction.hides(name)))
            .finish_non_exhaustive()
    }
}
