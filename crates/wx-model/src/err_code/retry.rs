use std::fmt;

/// Whether and how the same call may be made again after a return code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Soon, with growing pauses and jitter.
    Backoff,
    /// Once, with a new token.
    Refresh,
    /// After the window that the code is about has passed: an hour, a day, a month.
    Window,
    /// Not without a change to the request or the account.
    No,
}

impl Retry {
    /// The name in JSON: `backoff`, `refresh`, `window`, `no`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backoff => "backoff",
            Self::Refresh => "refresh",
            Self::Window => "window",
            Self::No => "no",
        }
    }
}

impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
