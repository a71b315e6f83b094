mod kind;

pub use kind::TransportErrorKind;

use std::{error::Error, fmt};

/// Why there is no whole answer to a request, and whether the request may be repeated.
///
/// Neither the text nor `Debug` nor any source contains the address of the request, its headers or its body: secrets
/// may stand there. The name of the host may be part of a source that explains why its certificate is not accepted.
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

    /// Whether any request may be repeated without being done twice: this one surely did not reach the server's
    /// application. [`TransportErrorKind`] says it for each kind.
    ///
    /// The rule: as long as name, connection, proxy and TLS are not all there, nothing of the request has left. From
    /// then on nobody can tell. A connection from the pool that the server closes while the request is on its way looks
    /// the same whether the request was read or not, so it counts as read. Whatever is harmless when done twice, such
    /// as most GET requests, may be repeated after any error.
    pub fn is_repeat_safe(&self) -> bool {
        self.kind.is_before_sending()
    }

    /// Whether the server may have received the request, and may have acted on it: the opposite of
    /// [`is_repeat_safe`](Self::is_repeat_safe). Tell the user that the outcome is unknown.
    pub fn may_have_reached_server(&self) -> bool {
        !self.kind.is_before_sending()
    }

    /// Whether there was no connection to the server, so that another host or address may do better.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind::{Connect, ConnectTimeout, Tls};
        matches!(self.kind, Connect | ConnectTimeout | Tls)
    }

    /// Whether a limit of time has struck, that of connecting or the total one.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout)
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

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self::new(kind)
    }
}
