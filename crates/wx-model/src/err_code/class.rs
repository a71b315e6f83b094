use std::fmt;

/// The kind of a return code: who has to act (protocol §11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrClass {
    /// The platform is busy or not ready: try again later.
    Retry,
    /// A token or the secret behind it is wrong or has ended.
    Token,
    /// An allowance is used up.
    Quota,
    /// The request itself is wrong: a mistake in the calling program.
    Param,
    /// The account, the caller's address or the user does not allow it: an operator acts.
    Permission,
    /// Success, and what fits nowhere else.
    Other,
}

impl ErrClass {
    /// The name in JSON: `retry`, `token`, `quota`, `param`, `permission`, `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Token => "token",
            Self::Quota => "quota",
            Self::Param => "param",
            Self::Permission => "permission",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for ErrClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
