use crate::{InvalidReply, failure::Failure};
use std::fmt;

/// Why a push was not accepted or a reply not made.
///
/// Safe to show to the sender: a wrong signature, a damaged envelope and another appid are one kind with one text,
/// and nothing of the body or of a secret is part of any text. The operator asks
/// [`Callback::diagnose`](crate::Callback::diagnose) for more.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    /// Absent where more must not be told.
    failure: Option<Box<Failure>>,
}

impl Error {
    /// What a caller can act on.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What is wrong with the reply, if the kind is [`ErrorKind::InvalidReply`].
    pub fn invalid_reply(&self) -> Option<InvalidReply> {
        match self.failure.as_deref() {
            Some(Failure::Reply(invalid)) => Some(*invalid),
            _ => None,
        }
    }
}

/// What a caller can act on. [`http_status`](Self::http_status) is what a callback service answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request does not prove that it comes from the platform and is meant for this account.
    Refused,
    /// The request is proven but outside the time window.
    Stale,
    /// A limit of [`Limits`](crate::Limits) is exceeded.
    TooLarge,
    /// The body is neither well-formed XML nor a JSON object, or a GET has nothing to echo.
    Malformed,
    /// The body is well-formed but no push.
    InvalidPush,
    /// The reply breaks a rule of the platform.
    InvalidReply,
    /// The system gave no random bytes.
    Random,
}

impl ErrorKind {
    /// The HTTP status of the answer: 403, 413, 400, or 500 for what is the service's own fault.
    ///
    /// ```
    /// assert_eq!(wx_events::ErrorKind::Refused.http_status(), 403);
    /// ```
    pub fn http_status(self) -> u16 {
        match self {
            Self::Refused | Self::Stale => 403,
            Self::TooLarge => 413,
            Self::Malformed | Self::InvalidPush => 400,
            Self::InvalidReply | Self::Random => 500,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let kind = failure.kind();
        let failure = (kind != ErrorKind::Refused).then(|| Box::new(failure));
        Self { kind, failure }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.failure.as_deref() {
            Some(Failure::Stale { .. }) => {
                f.write_str("the request was signed too long ago or in the future; compare the clocks")
            }
            Some(Failure::Document(malformed)) => malformed.fmt(f),
            Some(Failure::NoEcho) => f.write_str("the query has no echostr, so there is nothing to echo"),
            Some(Failure::StillEncrypted) => {
                f.write_str("the body is encrypted; open it with its EncodingAESKey")
            }
            Some(Failure::Push(invalid)) => invalid.fmt(f),
            Some(Failure::Reply(invalid)) => invalid.fmt(f),
            Some(Failure::Random(_)) => {
                f.write_str("the system gave no random bytes for the encrypted reply")
            }
            _ => f.write_str("the request was refused: it does not prove that it comes from the platform"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.failure.as_deref()? {
            Failure::Document(malformed) => malformed.source(),
            Failure::Random(error) => Some(error),
            _ => None,
        }
    }
}
