use std::{error::Error, fmt};

/// What went wrong below a store; printed by following [`source`](Error::source).
pub type Cause = Box<dyn Error + Send + Sync>;

/// A store could not do what was asked. Nothing of the call is stored, or it is not known whether it is; a push
/// is then not to be answered with success.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody else holds the store; the same call may work in a moment.
    Retry(Cause),
    /// There is no space left; the same call works once space was made.
    Full(Cause),
    /// The store is damaged or its disk failed. No further write will be accepted: end the process, mend the
    /// cause, start again.
    Fatal(Cause),
}

impl StoreError {
    /// Whether the same call may succeed without anybody's help.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Retry(_))
    }

    /// Whether the process should end.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Fatal(_))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Retry(_) => "the store is busy; try again in a moment",
            Self::Full(_) => "the store has no space left; free some space and try again",
            Self::Fatal(_) => "the store failed and takes nothing more; mend the cause and start again",
        })
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Retry(cause) | Self::Full(cause) | Self::Fatal(cause) => Some(&**cause),
        }
    }
}
