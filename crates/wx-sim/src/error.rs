use std::{io, net::SocketAddr};

/// What the simulator could not do, as a sentence for the person who asked. It never holds a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The AppID of the options has another form.
    #[error("an AppID is `wx` and 16 letters or digits")]
    AppId,
    /// The AppSecret of the options has another form.
    #[error("an AppSecret has 32 hex digits")]
    Secret,
    /// The original id of the options has another form.
    #[error("an original id is `gh_` and 1 to 61 letters or digits")]
    OriginalId,
    /// A limit was set for a path whose calls are not counted.
    #[error("calls to {path:?} have no limit; give the path of a call, such as \"/cgi-bin/qrcode/create\"")]
    LimitPath {
        /// The path as given.
        path: String,
    },
    /// The callback token has another form.
    #[error("a callback token has 3 to 32 letters or digits")]
    Token,
    /// The callback address cannot be used.
    #[error("the callback address {url:?} is refused: {reason}")]
    CallbackUrl {
        /// The address as given.
        url: String,
        /// What is wrong with it and what to give instead.
        reason: &'static str,
    },
    /// The address to listen on could not be taken.
    #[error("cannot listen on {address}; is it in use? give another port, or port 0 for any free one")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// The text is no OpenID.
    #[error("an openid has 1 to 64 letters, digits, `-` or `_`")]
    OpenId,
    /// The text cannot be a message.
    #[error("a message has 1 to 2048 bytes and no control characters but tab and line ends")]
    Text,
    /// This person follows already, so there is no follow to push.
    #[error("this person follows the account already; use scan, say or unfollow")]
    AlreadyFollowing,
    /// This person does not follow, so the account hears nothing of them.
    #[error("this person does not follow the account; use follow or scan first")]
    NotFollowing,
    /// No code has this ticket.
    #[error("no code has this ticket; create one with /cgi-bin/qrcode/create and give its ticket unencoded")]
    UnknownTicket,
    /// The code is past its life: the person sees a page that says so, and nothing is pushed.
    #[error(
        "this code has expired: the person sees the expired page and nothing is pushed; create a new code"
    )]
    ExpiredTicket,
    /// No push of this number is remembered.
    #[error("no push of this number is remembered; the numbers stand in the answers and in the transcript")]
    UnknownPush,
    /// There is nowhere to send to.
    #[error("no callback address is configured; set one first")]
    NoCallback,
}
