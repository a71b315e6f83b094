use std::{fmt, process::ExitCode};
use wx_model::{ErrCode, Retry};
use wx_store::OpenErrorKind;

/// Why a command did not do what was asked, in one sentence for a person, and the exit code for a script.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: FailureKind,
    message: String,
}

/// The exit codes of the program (its contract with scripts).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// 1: something went wrong on the way.
    Failed = 1,
    /// 2: the command line or an input is invalid; nothing was sent.
    Invalid = 2,
    /// 3: the platform refused.
    Refused = 3,
    /// 4: the same command may work later.
    TryLater = 4,
}

/// What commands return.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Failed, message: message.into() }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Invalid, message: message.into() }
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Refused, message: message.into() }
    }

    pub(crate) fn try_later(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::TryLater, message: message.into() }
    }

    /// Another process of this program has said everything and ended with this code.
    pub(crate) fn silent_with(code: i32) -> Self {
        let kind = match code {
            2 => FailureKind::Invalid,
            3 => FailureKind::Refused,
            4 => FailureKind::TryLater,
            _ => FailureKind::Failed,
        };
        Self { kind, message: String::new() }
    }

    /// Everything was said on stdout already.
    pub(crate) fn silent() -> Self {
        Self::failed("")
    }

    /// Everything was said on stdout already, and the same command may work later.
    pub(crate) fn silent_try_later() -> Self {
        Self { kind: FailureKind::TryLater, message: String::new() }
    }

    /// A spent allowance that comes back is a reason to try later; one that never does (45029) is a refusal.
    fn of_call(error: &dyn std::error::Error, retryable: bool, errcode: Option<ErrCode>) -> Self {
        let retry = errcode.and_then(ErrCode::info).map(|info| info.retry);
        let kind = match (retryable || retry == Some(Retry::Window), errcode) {
            (true, _) => FailureKind::TryLater,
            (false, Some(_)) => FailureKind::Refused,
            (false, None) => FailureKind::Failed,
        };
        Self { kind, message: sentence(error) }
    }

    /// The same with what to do then.
    pub(crate) fn then(mut self, advice: &str) -> Self {
        self.message = format!("{}; {advice}", self.message);
        self
    }

    /// Says it on stderr, unless there is nothing to say, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if !self.message.is_empty() {
            crate::print::error(&self.message);
        }
        ExitCode::from(self.kind as u8)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Whether a call may be repeated, was refused, or never got through decides the exit code.
impl From<wx_client::Error> for Failure {
    fn from(error: wx_client::Error) -> Self {
        Self::of_call(&error, error.is_retryable(), error.errcode())
    }
}

impl From<wx_qrcode::Error> for Failure {
    fn from(error: wx_qrcode::Error) -> Self {
        Self::of_call(&error, error.is_retryable(), error.errcode())
    }
}

impl From<wx_channel::StoreError> for Failure {
    fn from(error: wx_channel::StoreError) -> Self {
        let kind = if error.is_retryable() { FailureKind::TryLater } else { FailureKind::Failed };
        Self { kind, message: sentence(&error) }
    }
}

impl From<wx_store::OpenError> for Failure {
    fn from(error: wx_store::OpenError) -> Self {
        let kind = match error.kind() {
            OpenErrorKind::Missing => FailureKind::Invalid,
            OpenErrorKind::Busy => FailureKind::TryLater,
            _ => FailureKind::Failed,
        };
        Self { kind, message: sentence(&error) }
    }
}

#[cfg(feature = "postgres")]
impl From<wx_store::PostgresError> for Failure {
    fn from(error: wx_store::PostgresError) -> Self {
        let kind = match error.kind() {
            wx_store::PostgresErrorKind::Address => FailureKind::Invalid,
            wx_store::PostgresErrorKind::Unreachable => FailureKind::TryLater,
            _ => FailureKind::Failed,
        };
        Self { kind, message: sentence(&error) }
    }
}

#[cfg(feature = "redis")]
impl From<wx_store::RedisOpenError> for Failure {
    fn from(error: wx_store::RedisOpenError) -> Self {
        let kind = match error.kind() {
            wx_store::RedisOpenErrorKind::Address => FailureKind::Invalid,
            wx_store::RedisOpenErrorKind::Unreachable => FailureKind::TryLater,
            _ => FailureKind::Failed,
        };
        Self { kind, message: sentence(&error) }
    }
}

/// The error and its causes in one line.
pub(crate) fn sentence(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
