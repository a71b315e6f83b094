use crate::Error;

/// Whether a call may be sent again after a failure that may pass ([`Error::is_retryable`]).
///
/// It says what the call is; how often and when it is repeated says the [`RetryPolicy`](crate::RetryPolicy). The repeat
/// with a new token, after the platform has refused the old one, is another matter: nothing was done then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// After any such failure: the call only reads, or doing it twice is the same as once. All calls with GET.
    Always,
    /// Only if it surely was not done: no connection was made. After a lost answer the error says that the outcome is
    /// unknown ([`Error::may_have_been_done`]). All calls with POST about which nothing else is said, and the creation of a
    /// permanent code, which takes a place for ever.
    IfNotDone,
    /// Never.
    Never,
}

impl Repeat {
    /// Whether the call may follow this error.
    pub(crate) fn allows(self, error: &Error) -> bool {
        match self {
            Self::Always => error.is_retryable(),
            Self::IfNotDone => error.is_retryable() && !error.may_have_been_done(),
            Self::Never => false,
        }
    }
}
