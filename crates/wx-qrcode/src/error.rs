use std::{error::Error as StdError, fmt, net::IpAddr, time::Duration};
use wx_client::Error as CallError;
use wx_model::ErrCode;

/// Why a code or its picture could not be had. Like [`wx_client::Error`], it holds no secret.
#[derive(Debug, Clone)]
pub struct Error(Cause);

#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "proof"), expect(dead_code, reason = "some are found by a proof alone"))]
enum Cause {
    Call(CallError),
    NoTicket,
    UnknownTicket(CallError),
    /// With what came in its place.
    NotAnImage(&'static str),
    /// With what is wrong with it.
    Unreadable(String),
    OtherCode,
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        match &self.0 {
            Cause::Call(call) => ErrorKind::Call(call.kind()),
            Cause::NoTicket => ErrorKind::NoTicket,
            Cause::UnknownTicket(_) => ErrorKind::UnknownTicket,
            Cause::NotAnImage(_) => ErrorKind::NotAnImage,
            Cause::Unreadable(_) => ErrorKind::Unreadable,
            Cause::OtherCode => ErrorKind::OtherCode,
        }
    }

    /// The return code (全局返回码) if the platform refused.
    pub fn errcode(&self) -> Option<ErrCode> {
        self.call().and_then(CallError::errcode)
    }

    /// The id of the refused request, see [`wx_client::Error::rid`].
    pub fn rid(&self) -> Option<&str> {
        self.call().and_then(CallError::rid)
    }

    /// The address that the platform does not accept calls from, see [`wx_client::Error::refused_ip`].
    pub fn refused_ip(&self) -> Option<IpAddr> {
        self.call().and_then(CallError::refused_ip)
    }

    /// Whether the same may work when repeated after a while, see [`wx_client::Error::is_retryable`]. An answer that
    /// is no picture is worth another try, a ticket without a picture is not.
    pub fn is_retryable(&self) -> bool {
        match &self.0 {
            Cause::Call(call) => call.is_retryable(),
            Cause::UnknownTicket(_) | Cause::OtherCode => false,
            Cause::NoTicket | Cause::NotAnImage(_) | Cause::Unreadable(_) => true,
        }
    }

    /// Whether an allowance is used up; for ever, if it is that of the permanent codes (45029).
    pub fn is_quota(&self) -> bool {
        self.call().is_some_and(CallError::is_quota)
    }

    /// Whether the platform refused the access_token, see [`wx_client::Error::is_token_rejected`].
    pub fn is_token_rejected(&self) -> bool {
        self.call().is_some_and(CallError::is_token_rejected)
    }

    /// Whether a code may have been created although there is an error, see [`wx_client::Error::may_have_been_done`].
    pub fn may_have_been_done(&self) -> bool {
        matches!(self.0, Cause::NoTicket) || self.call().is_some_and(CallError::may_have_been_done)
    }

    /// How long the call is held back, see [`wx_client::Error::held_for`].
    pub fn held_for(&self) -> Option<Duration> {
        self.call().and_then(CallError::held_for)
    }

    pub(crate) fn no_ticket() -> Self {
        Self(Cause::NoTicket)
    }

    pub(crate) fn of_image(call: CallError) -> Self {
        match call.kind() {
            wx_client::ErrorKind::Status(404) => Self(Cause::UnknownTicket(call)),
            _ => Self(Cause::Call(call)),
        }
    }

    pub(crate) fn not_an_image(bytes: &[u8]) -> Self {
        Self(Cause::NotAnImage(describe(bytes)))
    }

    #[cfg(feature = "proof")]
    pub(crate) fn unreadable(what: String) -> Self {
        Self(Cause::Unreadable(what))
    }

    #[cfg(feature = "proof")]
    pub(crate) fn other_code() -> Self {
        Self(Cause::OtherCode)
    }

    fn call(&self) -> Option<&CallError> {
        match &self.0 {
            Cause::Call(call) => Some(call),
            _ => None,
        }
    }
}

/// What a file that is no picture is.
fn describe(bytes: &[u8]) -> &'static str {
    let text = bytes.trim_ascii_start();
    match text.first() {
        None => "empty",
        Some(b'<') => "a page of HTML or XML",
        Some(b'{' | b'[') => "JSON without a return code",
        Some(_) if std::str::from_utf8(text).is_ok() => "text",
        Some(_) => "a file of another kind",
    }
}

impl From<CallError> for Error {
    fn from(call: CallError) -> Self {
        Self(Cause::Call(call))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Call(call) => call.fmt(f),
            Cause::NoTicket => f.write_str(
                "the platform answered without a ticket, so it is not known whether the code exists; look for a gateway that \
                 changes answers",
            ),
            Cause::UnknownTicket(_) => f.write_str(
                "the platform has no picture for this ticket (status 404): its code has expired, it is not a ticket of \
                 this platform, or it was percent-encoded before; use the ticket exactly as qrcode/create gave it",
            ),
            Cause::NotAnImage(found) => write!(
                f,
                "the picture that came is {found}, neither JPEG nor PNG; check the base address of the pictures and any \
                 gateway on the way, or try again later"
            ),
            Cause::Unreadable(what) => write!(
                f,
                "the picture that came cannot be used: {what}; try again, and look for a gateway that changes pictures"
            ),
            Cause::OtherCode => f.write_str(
                "the code in the picture says something else than the url of its ticket; do not use it, and look for a \
                 gateway or cache that mixes pictures up",
            ),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            // Its text stands for that of the call already.
            Cause::Call(call) => call.source(),
            Cause::UnknownTicket(call) => Some(call),
            Cause::NoTicket | Cause::NotAnImage(_) | Cause::Unreadable(_) | Cause::OtherCode => None,
        }
    }
}

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call failed: no token, no connection, a refusal, a broken answer.
    Call(wx_client::ErrorKind),
    /// The answer to `create` has an empty ticket.
    NoTicket,
    /// There is no picture for the ticket: it has expired, is unknown, or was encoded twice (status 404).
    UnknownTicket,
    /// The answer is no picture: an HTML page, text, nothing.
    NotAnImage,
    /// No code can be read in the picture (feature `proof`).
    Unreadable,
    /// The code in the picture says something else than its `url` (feature `proof`).
    OtherCode,
}
