use crate::{Error, ErrorKind};

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It was done.
    Done,
    /// It failed.
    Failed {
        /// In which way.
        kind: ErrorKind,
        /// Whether it may have been done all the same ([`Error::may_have_been_done`]).
        unknown: bool,
    },
    /// Nobody waited for it any more.
    GivenUp,
}

impl Outcome {
    /// Whether nobody knows if the platform did it.
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::Failed { unknown: true, .. } | Self::GivenUp)
    }

    /// A word for metrics that never changes: `done`, `given_up`, or the kind of the failure such as `api`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::GivenUp => "given_up",
            Self::Failed { kind, .. } => kind.name(),
        }
    }

    pub(crate) fn of<T>(outcome: &Result<T, Error>) -> Self {
        match outcome {
            Ok(_) => Self::Done,
            Err(error) => Self::Failed { kind: error.kind(), unknown: error.may_have_been_done() },
        }
    }
}
