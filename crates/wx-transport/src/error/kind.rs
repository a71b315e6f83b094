use std::fmt;

/// The kinds of [`TransportError`](crate::TransportError), in the order in which a request can meet them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request or an option is not valid: relative URI, unknown scheme, wrong proxy address. Nothing was sent, and
    /// the same request will fail again.
    Request,
    /// No connection: name not found, refused, reset, or a proxy that does not let us through. Also a connection that
    /// ended before the request was handed to it. Nothing was sent.
    Connect,
    /// No connection, TLS included, within the limit of time for connecting. Nothing was sent.
    ConnectTimeout,
    /// The server's certificate is not accepted, or the server does not speak TLS. Nothing was sent.
    Tls,
    /// No whole answer within the total limit of time. The server may have acted on the request.
    Timeout,
    /// The connection ended before the head of an answer was whole. The server may have acted on the request.
    NoAnswer,
    /// The answer is cut short, is not HTTP, has a head beyond all measure, or its compression is damaged. The server may
    /// have acted on the request.
    BrokenAnswer,
    /// The body of the answer is larger than the limit. It was not read further. The server may have acted on the
    /// request.
    TooLarge,
    /// Anything else. The server may have acted on the request.
    Other,
}

impl TransportErrorKind {
    /// All kinds.
    pub const ALL: &[Self] = &[
        Self::Request,
        Self::Connect,
        Self::ConnectTimeout,
        Self::Tls,
        Self::Timeout,
        Self::NoAnswer,
        Self::BrokenAnswer,
        Self::TooLarge,
        Self::Other,
    ];

    /// A word for logs, metrics and recordings, such as `connect_timeout`. It never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::NoAnswer => "no_answer",
            Self::BrokenAnswer => "broken_answer",
            Self::TooLarge => "too_large",
            Self::Other => "other",
        }
    }

    pub(super) fn is_before_sending(self) -> bool {
        matches!(self, Self::Request | Self::Connect | Self::ConnectTimeout | Self::Tls)
    }

    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Request => {
                "the request cannot be sent as it is; use an absolute http or https address and valid options"
            }
            Self::Connect => {
                "no connection to the server, nothing was sent; check the host name, the network and the proxy, then \
                 try again"
            }
            Self::ConnectTimeout => {
                "no connection to the server within the time limit, nothing was sent; check the network, the firewall \
                 and the proxy, then try again"
            }
            Self::Tls => {
                "no trusted connection to the server, nothing was sent; check the address, the clock and the system's \
                 certificates"
            }
            Self::Timeout => {
                "the server gave no whole answer within the time limit; it may have acted on the request, so find \
                 out before repeating it, or raise the limit"
            }
            Self::NoAnswer => {
                "the connection ended without an answer; the server may have acted on the request, so find out before \
                 repeating it"
            }
            Self::BrokenAnswer => {
                "the answer is cut off or is no HTTP; the server may have acted on the request, so find out before \
                 repeating it"
            }
            Self::TooLarge => {
                "the answer is larger than the size limit; check that the address is right, or raise the limit"
            }
            Self::Other => "the request failed for a reason named by the source of this error",
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_certainly_not_sent_is_safe_to_repeat() {
        let safe = TransportErrorKind::ALL.iter().filter(|kind| kind.is_before_sending());
        let names: Vec<_> = safe.map(|kind| kind.name()).collect();
        assert_eq!(names, ["request", "connect", "connect_timeout", "tls"]);
    }
}
