use std::{error::Error, fmt};

/// Why there is no whole answer to a request.
///
/// Neither the text nor any source contains the URL of the request: its query may hold secrets.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// An error of this kind, without a source.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Adds the cause. The cause must not print the URL of the request.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong, as far as it matters to a caller.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the server may have received the request, and may have acted on it.
    ///
    /// If not, repeating the request is safe. If so, repeat only what is harmless when done twice.
    pub fn may_have_reached_server(&self) -> bool {
        !matches!(self.kind, TransportErrorKind::Connect | TransportErrorKind::Request)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.sentence())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The kinds of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name not found, refused, time limit of connecting, TLS, proxy. The request was certainly not
    /// sent.
    Connect,
    /// No whole answer within the time limit.
    Timeout,
    /// The answer was cut short, missing, or not HTTP.
    Body,
    /// The answer is larger than the limit. It was not read further.
    TooLarge,
    /// The request or an option is not valid: relative URI, unknown scheme, wrong proxy address. Nothing was sent.
    Request,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    fn sentence(self) -> &'static str {
        match self {
            Self::Connect => {
                "no connection to the server, nothing was sent; check the host name, the network, the proxy and the \
                 system's certificates, then try again"
            }
            Self::Timeout => {
                "the server gave no whole answer within the time limit; it may have acted on the request, so find \
                 out before repeating it, or raise the limit"
            }
            Self::Body => {
                "the connection broke before the whole answer was there; the server may have acted on the request, \
                 so find out before repeating it"
            }
            Self::TooLarge => {
                "the answer is larger than the size limit; check that the address is right, or raise the limit"
            }
            Self::Request => {
                "the request cannot be sent as it is; use an absolute http or https address and valid options"
            }
            Self::Other => "the request failed for a reason named by the source of this error",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_certainly_not_sent_is_safe_to_repeat() {
        let reached = |kind| TransportError::new(kind).may_have_reached_server();
        assert!(!reached(TransportErrorKind::Connect));
        assert!(!reached(TransportErrorKind::Request));
        assert!(reached(TransportErrorKind::Timeout));
        assert!(reached(TransportErrorKind::Body));
        assert!(reached(TransportErrorKind::TooLarge));
        assert!(reached(TransportErrorKind::Other));
    }
}
