use crate::{ErrorKind, InvalidReply, document::Malformed};
use wx_crypto::OpenFailure;
use wx_model::InvalidPush;

/// What exactly went wrong. It stays inside: [`Error`](crate::Error) shows a stranger less of it, and
/// [`Diagnosis`](crate::Diagnosis) shows the operator all of it.
#[derive(Debug)]
pub(crate) enum Failure {
    MissingParameter(&'static str),
    Signature(&'static str),
    NotEncrypted,
    UnannouncedEncrypt,
    Stale { seconds: u64 },
    NonceReused,
    Envelope(OpenFailure),
    Account,
    NoEcho,
    Document(Malformed),
    StillEncrypted,
    Push(InvalidPush),
    Reply(InvalidReply),
    Random(getrandom::Error),
}

impl Failure {
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::MissingParameter(_)
            | Self::Signature(_)
            | Self::NotEncrypted
            | Self::UnannouncedEncrypt
            | Self::NonceReused
            | Self::Envelope(_)
            | Self::Account => ErrorKind::Refused,
            Self::Stale { .. } => ErrorKind::Stale,
            Self::Document(malformed) if malformed.is_too_large() => ErrorKind::TooLarge,
            Self::Document(_) | Self::NoEcho => ErrorKind::Malformed,
            Self::StillEncrypted | Self::Push(_) => ErrorKind::InvalidPush,
            Self::Reply(_) => ErrorKind::InvalidReply,
            Self::Random(_) => ErrorKind::Random,
        }
    }
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        Self::Document(malformed)
    }
}

impl From<InvalidReply> for Failure {
    fn from(invalid: InvalidReply) -> Self {
        Self::Reply(invalid)
    }
}
