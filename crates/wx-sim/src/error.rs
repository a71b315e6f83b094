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
    /// A fault that cannot strike.
    #[error("this fault cannot strike: {reason}")]
    Fault {
        /// What is wrong with it and what to give instead.
        reason: &'static str,
    },
    /// The clock runs by itself, so nobody can move it.
    #[error("this clock runs by itself; start the simulator with a manual clock to move it")]
    ClockRuns,
    /// The clock would leave the years in which the platform's dates can be written.
    #[error("the time must stay between the years 1970 and 9999")]
    Time,
    /// The seconds of [`Options::stable_renewal`](crate::Options::stable_renewal) are out of range.
    #[error("a stable token is renewed in its last 0 to 7199 seconds")]
    StableRenewal,
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
    /// A field of a push cannot be set so.
    #[error("this field of a push is refused: {reason}")]
    Field {
        /// What is wrong with it and what to give instead.
        reason: &'static str,
    },
    /// There is no push of this kind to be asked for.
    #[error("this kind of push is refused: {reason}")]
    Kind {
        /// What is wrong with it and what to give instead.
        reason: &'static str,
    },
    /// The text cannot be a message.
    #[error("a message has 1 to 2048 bytes and no control characters but tab and line ends")]
    Text,
    /// The number of a payment has another form.
    #[error("the number of a transaction has 1 to 64 letters, digits, `-` or `_`")]
    Payment,
    /// As many people as allowed are known already.
    #[error("no more than {limit} people are allowed; raise `people_limit`")]
    TooManyPeople {
        /// What the options allow.
        limit: usize,
    },
    /// Nobody with this OpenID ever followed.
    #[error("nobody with this openid ever followed the account")]
    UnknownPerson,
    /// The pages of a list are empty or too long.
    #[error("a page of followers has 1 to 10000 of them")]
    PageSize,
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
    /// As many pushes as allowed are held already.
    #[error("1000 pushes are held already; release them first")]
    TooManyHeld,
    /// No third-party platform is configured.
    #[error("no third-party platform is configured; set one first")]
    NoComponent,
    /// The owner has not authorised the third-party platform.
    #[error("the account has not authorised the third-party platform")]
    NotAuthorized,
    /// There is nowhere to send to.
    #[error("no callback address is configured; set one first")]
    NoCallback,
}
