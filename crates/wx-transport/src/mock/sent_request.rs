use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};

/// A request that a [`MockTransport`](crate::MockTransport) received.
///
/// It holds everything that was sent, secrets in the query included; it is meant for tests alone.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// Method, path and query in one line: `POST /create?key=k`.
    pub fn line(&self) -> String {
        let target = self.uri.path_and_query().map_or("/", |target| target.as_str());
        format!("{} {target}", self.method)
    }

    /// The body as text, with replacement characters where it is not UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl From<Request<Bytes>> for SentRequest {
    fn from(request: Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        Self { method: parts.method, uri: parts.uri, headers: parts.headers, body }
    }
}
