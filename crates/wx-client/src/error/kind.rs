use wx_model::ErrCode;

/// What kind of thing went wrong. The predicates of [`Error`](crate::Error) answer the usual questions about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no whole answer. The source is the [`TransportError`](wx_transport::TransportError) that says why.
    Transport,
    /// The platform refused with this code.
    Api(ErrCode),
    /// The answer is not what it should be: HTML, cut JSON, nothing at all, a field of another type.
    Decode,
    /// The answer has this HTTP status, outside 200..=299, and no return code.
    Status(u16),
    /// The call as written by the caller cannot be sent: path or body.
    Request,
    /// The client is not set up rightly: base address, transport, runtime.
    Config,
    /// There is no access_token, for a reason that is no answer of the platform: a shared store, another source, or too
    /// many refreshes.
    TokenSource,
    /// The call would have waited for its turn longer than the deadline of the [`RetryPolicy`](crate::RetryPolicy): this
    /// client calls faster than its [`Pace`](crate::Pace). Nothing was sent.
    Pace,
    /// The runtime that renewed the token was shut down meanwhile.
    Interrupted,
}

impl ErrorKind {
    /// A word for metrics, such as `transport` or `api`. It never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Transport => "transport",
            Self::Api(_) => "api",
            Self::Decode => "decode",
            Self::Status(_) => "status",
            Self::Request => "request",
            Self::Config => "config",
            Self::TokenSource => "token_source",
            Self::Pace => "pace",
            Self::Interrupted => "interrupted",
        }
    }
}
