mod explain;
mod kind;
mod sentence;
mod step;

pub use kind::ErrorKind;

use crate::InvalidBaseUrl;
use http::StatusCode;
use std::{error::Error as StdError, net::IpAddr, sync::Arc, time::Duration};
use step::Step;
use wx_model::{ErrClass, ErrCode};
use wx_transport::{TransportError, TransportErrorKind};

/// The codes for "this address may not call"; the sources disagree about which one comes when (protocol §1.5).
const IP_REFUSALS: [ErrCode; 3] =
    [ErrCode::IP_NOT_WHITELISTED, ErrCode::COMPONENT_IP_NOT_WHITELISTED, ErrCode::IP_NOT_REGISTERED];

/// Stands for the path of a call that another process made.
const OF_OTHERS: &str = "the token call of another process";

/// Why a call brought no answer to work with.
///
/// Neither its text, nor its `Debug` form, nor its sources hold a token, a secret or an address with a query. What
/// the other side wrote is cleaned, cut and on one line. A clone is cheap: when a refresh of the token fails, all calls
/// that waited for it get the same error.
#[derive(Debug, Clone)]
pub struct Error(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    step: Step,
    /// Empty if nothing was called.
    path: String,
    /// What is wrong; for a refusal, the `errmsg` of the platform.
    text: String,
    rid: Option<String>,
    /// How long a call that was held back will be; `None` for ever, or not held back.
    held_for: Option<Duration>,
    /// Doing it twice is the same as once.
    is_harmless: bool,
    source: Option<Cause>,
}

/// Shared, so that an error can be told again as another one.
type Cause = Arc<dyn StdError + Send + Sync>;

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The return code (全局返回码) if the platform refused.
    pub fn errcode(&self) -> Option<ErrCode> {
        match self.0.kind {
            ErrorKind::Api(code) => Some(code),
            _ => None,
        }
    }

    /// What the platform wrote about a refusal (`errmsg`), cleaned and cut to 200 bytes. Its wording changes: decide by
    /// the code.
    pub fn errmsg(&self) -> Option<&str> {
        self.errcode().map(|_| self.0.text.as_str())
    }

    /// The id of the refused request, which the platform explains for 7 days (protocol §5.4).
    pub fn rid(&self) -> Option<&str> {
        self.0.rid.as_deref()
    }

    /// The address that the platform does not accept calls from (40164 and its relatives): add it to the account's IP
    /// allow-list (IP白名单, protocol §1.5).
    pub fn refused_ip(&self) -> Option<IpAddr> {
        self.errcode().filter(|code| IP_REFUSALS.contains(code))?;
        self.0.text.split([' ', ',']).find_map(|word| word.parse().ok())
    }

    /// Whether the same call may work when repeated after a while: the connection failed, the server is ill (429, 5xx,
    /// an answer that makes no sense), or the platform is busy.
    ///
    /// Before repeating what must not be done twice, ask [`may_have_been_done`](Self::may_have_been_done).
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Transport => {
                !self.is_transport(&[TransportErrorKind::Request, TransportErrorKind::TooLarge])
            }
            ErrorKind::Decode | ErrorKind::Interrupted | ErrorKind::TokenSource | ErrorKind::Pace => true,
            ErrorKind::Status(status) => status == 429 || status >= 500,
            ErrorKind::Api(code) => code.is_retryable(),
            ErrorKind::Request | ErrorKind::Config => false,
        }
    }

    /// Whether an allowance is used up: of this minute, this day, or for ever (protocol §11).
    pub fn is_quota(&self) -> bool {
        self.errcode().is_some_and(ErrCode::is_quota)
    }

    /// Whether the platform refused the access_token of a call (40001, 40014, 42001). The client has then already done
    /// what can be done: see [`Client::post_json`](crate::Client::post_json). A refusal of the AppSecret is none.
    pub fn is_token_rejected(&self) -> bool {
        self.0.step == Step::Call && self.errcode().is_some_and(ErrCode::is_token_rejected)
    }

    /// Whether the platform may have done what was asked, so that repeating it may do it twice. A permanent code, for
    /// example, would take a second place of the 100000.
    ///
    /// Not so when nothing was sent, and when the platform gave a reason for refusing; "busy" (-1) is none.
    pub fn may_have_been_done(&self) -> bool {
        let reached = |source: &TransportError| source.may_have_reached_server();
        match self.0.kind {
            _ if self.0.step != Step::Call => false,
            ErrorKind::Transport => self.transport_error().is_none_or(reached),
            ErrorKind::Api(code) => code.info().is_some_and(|info| info.class == ErrClass::Retry),
            ErrorKind::Decode | ErrorKind::Status(_) => true,
            _ => false,
        }
    }

    /// Whether the call was not sent because of what earlier calls were told: their allowance is used up (45009, 45011,
    /// 45029), or too many wait for their turn. [`kind`](Self::kind) is that of the reason.
    pub fn is_held_back(&self) -> bool {
        self.0.step == Step::HeldBack
    }

    /// How long such calls are held back, counted from this error: after 45009 until midnight in Beijing, after 45011 a
    /// minute. `None` if it is for ever (45029), or if the call was not held back.
    pub fn held_for(&self) -> Option<Duration> {
        self.0.held_for
    }

    /// Why the transport brought no answer, if that is what went wrong.
    pub fn transport_error(&self) -> Option<&TransportError> {
        self.source().and_then(|source| source.downcast_ref())
    }

    /// Not one of getting a token, nor of what was never sent.
    pub(crate) fn is_of_call(&self) -> bool {
        self.0.step == Step::Call
    }

    fn is_transport(&self, kinds: &[TransportErrorKind]) -> bool {
        self.transport_error().is_some_and(|error| kinds.contains(&error.kind()))
    }
}

impl Inner {
    fn new(kind: ErrorKind, step: Step, path: &str, text: impl Into<String>) -> Self {
        Self {
            kind,
            step,
            path: path.to_owned(),
            text: text.into(),
            rid: None,
            held_for: None,
            is_harmless: false,
            source: None,
        }
    }
}

/// How this crate makes them.
impl Error {
    pub(crate) fn api(path: &str, code: ErrCode, errmsg: String, rid: Option<String>) -> Self {
        Self::from(Inner { rid, ..Inner::new(ErrorKind::Api(code), Step::Call, path, errmsg) })
    }

    pub(crate) fn status(path: &str, status: StatusCode, text: impl Into<String>) -> Self {
        Inner::new(ErrorKind::Status(status.as_u16()), Step::Call, path, text).into()
    }

    pub(crate) fn decode(path: &str, text: impl Into<String>) -> Self {
        Inner::new(ErrorKind::Decode, Step::Call, path, text).into()
    }

    pub(crate) fn transport(path: &str, error: TransportError) -> Self {
        Inner { source: Some(Arc::new(error)), ..Inner::new(ErrorKind::Transport, Step::Call, path, "") }
            .into()
    }

    pub(crate) fn request(path: &str, text: &str, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.map(Arc::from);
        Inner { source, ..Inner::new(ErrorKind::Request, Step::Setup, path, text) }.into()
    }

    pub(crate) fn base_url(setting: &str, error: InvalidBaseUrl) -> Self {
        Inner::new(ErrorKind::Config, Step::Setup, "", format!("{setting} is not valid: {error}")).into()
    }

    pub(crate) fn no_transport() -> Self {
        let text =
            "there is no transport; give one to the builder, or switch the feature `reqwest` or `hyper` on";
        Inner::new(ErrorKind::Config, Step::Setup, "", text).into()
    }

    pub(crate) fn no_secret() -> Self {
        let text = "this client was made without an AppSecret, which this call needs; use `Client::builder`";
        Inner::new(ErrorKind::Config, Step::Setup, "", text).into()
    }

    pub(crate) fn no_component_secret() -> Self {
        let text = "a third-party platform has an AppSecret of its own; begin with `Client::builder`";
        Inner::new(ErrorKind::Config, Step::Setup, "", text).into()
    }

    pub(crate) fn no_runtime() -> Self {
        let text =
            "the client works inside a tokio runtime only; call it from an async function that tokio runs";
        Inner::new(ErrorKind::Config, Step::Setup, "", text).into()
    }

    /// What a source of tokens failed with: for those who implement [`AccessTokenSource`](crate::AccessTokenSource).
    ///
    /// The text is a lower-case sentence that says what is wrong and what to do. Neither it nor the cause may hold a
    /// secret.
    pub fn token_source(text: impl Into<String>, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = Some(Arc::from(cause.into()));
        Inner { source, ..Inner::new(ErrorKind::TokenSource, Step::Token, "", text) }.into()
    }

    /// Something that there is no token without may still come.
    pub(crate) fn missing_token(text: &str) -> Self {
        Inner::new(ErrorKind::TokenSource, Step::Token, "", text).into()
    }

    /// There is no token until a person has done something.
    pub(crate) fn no_token_without_help(text: impl Into<String>) -> Self {
        Inner::new(ErrorKind::Config, Step::Token, "", text).into()
    }

    /// What other processes are told when this one could not renew the shared token: what the platform wrote, or the whole
    /// sentence.
    pub(crate) fn reason(&self) -> String {
        let sentence = || self.to_string().trim_start_matches(sentence::NO_TOKEN).to_owned();
        self.errmsg().map_or_else(sentence, str::to_owned)
    }

    /// What another process was told when it tried to renew the shared token.
    pub(crate) fn setback(code: Option<i64>, text: String) -> Self {
        if let Some(code) = code {
            return Self::api(OF_OTHERS, ErrCode::new(code), text, None).while_asking_for_token();
        }
        let text = format!("{OF_OTHERS} failed: {text}");
        Inner::new(ErrorKind::TokenSource, Step::Token, "", text).into()
    }

    pub(crate) fn too_many_refreshes() -> Self {
        Self::missing_token(
            "the access_token was renewed 10 times in a short while; wait a minute, and see whether another program \
             renews it too, or whether the clock of this machine runs wild",
        )
    }

    pub(crate) fn too_slow_to_publish() -> Self {
        Self::missing_token(
            "this process was slower than its lease twice; see whether this machine is overloaded, and try again",
        )
    }

    pub(crate) fn others_are_slow() -> Self {
        Self::missing_token(
            "another process renews the access_token and takes very long; try again in a moment",
        )
    }

    pub(crate) fn interrupted() -> Self {
        let text = "the refresh of the access_token was broken off with its runtime; repeat the call";
        Inner::new(ErrorKind::Interrupted, Step::Token, "", text).into()
    }

    /// This refusal, given to a call that was not sent, and for how long it will be.
    pub(crate) fn held_back(&self, held_for: Option<Duration>) -> Self {
        let rid = self.0.rid.clone();
        let inner = Inner::new(self.0.kind, Step::HeldBack, &self.0.path, self.0.text.clone());
        Inner { rid, held_for, ..inner }.into()
    }

    /// It is not the turn of this call for so long.
    pub(crate) fn not_its_turn(path: &str, wait: Duration) -> Self {
        let text = "more calls wait for their turn than the pace of this client lets through in time; call more slowly, \
                    or set another pace or a later deadline";
        Inner { held_for: Some(wait), ..Inner::new(ErrorKind::Pace, Step::HeldBack, path, text) }.into()
    }

    /// The same error, of a call that may be done twice without harm: nobody has to look whether it was done.
    pub(crate) fn of_harmless_call(mut self) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.is_harmless = true;
        }
        self
    }

    /// Whether somebody has to find out what became of the call.
    fn is_outcome_unknown(&self) -> bool {
        self.may_have_been_done() && self.errcode().is_none() && !self.0.is_harmless
    }

    /// The same error, known to be one of the token call, not of the call that needs the token.
    pub(crate) fn while_asking_for_token(mut self) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.step = Step::Token;
        }
        self
    }
}

impl From<Inner> for Error {
    fn from(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
