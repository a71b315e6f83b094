mod account;
mod pushes;

use crate::{AccountKind, Callback, Clock, Component, Error, PushShape, Random, limits::Limits};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};
use wx_crypto::EncodingAesKey;

/// AppID (开发者ID) of the simulated account unless set.
pub const DEFAULT_APP_ID: &str = "wx7a3f00c1d2e3b4a5";
/// AppSecret (开发者密码) of the simulated account unless set.
pub const DEFAULT_SECRET: &str = "00112233445566778899aabbccddeeff";
/// Callback token (令牌) unless set.
pub const DEFAULT_TOKEN: &str = "ChannelToken2026";
/// EncodingAESKey (消息加解密密钥) unless set.
pub const DEFAULT_AES_KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
/// Original id (原始 ID) of the simulated account unless set.
pub const DEFAULT_ORIGINAL_ID: &str = "gh_3f9a1c77be20";
/// How long the platform waits for the answer to one delivery (protocol §8), unless set.
pub const DEFAULT_TIME_LIMIT: Duration = Duration::from_secs(5);
/// How many permanent codes an account may ever create (protocol §2.6), unless set.
pub const DEFAULT_PERMANENT_CAP: usize = 100_000;

/// How a [`Simulator`](crate::Simulator) starts. Every option has a fixed default.
///
/// | Option | Default |
/// |---|---|
/// | [`listen`](Self::listen) | `127.0.0.1:0`: any free port |
/// | [`without_control`](Self::without_control) | no: the control routes are there |
/// | [`app_id`](Self::app_id) | [`DEFAULT_APP_ID`] |
/// | [`secret`](Self::secret) | [`DEFAULT_SECRET`] |
/// | [`original_id`](Self::original_id) | [`DEFAULT_ORIGINAL_ID`] |
/// | [`account_kind`](Self::account_kind) | [`AccountKind::VerifiedService`] |
/// | [`callback`](Self::callback) | no address, plain mode, [`DEFAULT_TOKEN`], [`DEFAULT_AES_KEY`] |
/// | [`time_limit`](Self::time_limit) | [`DEFAULT_TIME_LIMIT`] |
/// | [`permanent_cap`](Self::permanent_cap) | [`DEFAULT_PERMANENT_CAP`] |
/// | [`daily_limit`](Self::daily_limit) | those of protocol §5.5, one million where it names none |
/// | [`minute_limit`](Self::minute_limit) | `/cgi-bin/stable_token` 10 000, the others none |
/// | [`allow_list`](Self::allow_list) | none: every address may call |
/// | [`caller_ip`](Self::caller_ip) | the address of the connection |
/// | [`secret_frozen`](Self::secret_frozen) | no |
/// | [`stable_renewal`](Self::stable_renewal) | 300 s |
/// | [`second_callback`](Self::second_callback), [`component`](Self::component) | none |
/// | [`retries_repeat_nonce`](Self::retries_repeat_nonce) | no |
/// | [`mark_fail_after`](Self::mark_fail_after) | 20 pushes |
/// | [`push_shape`](Self::push_shape) | [`PushShape::Usual`] |
/// | [`page_size`](Self::page_size) | 10 000 followers |
/// | [`largest_tag_to_delete`](Self::largest_tag_to_delete) | 100 000 followers |
/// | [`people_limit`](Self::people_limit) | 100 000 |
/// | [`callback_ips`](Self::callback_ips), [`api_ips`](Self::api_ips) | `127.0.0.1` and `198.51.100.0/24` |
/// | [`transcript_limit`](Self::transcript_limit) | 100 000 entries |
/// | [`clock`](Self::clock) | [`Clock::system`] |
/// | [`random`](Self::random) | [`Random::system`] |
///
/// Values are checked by [`Simulator::start`](crate::Simulator::start). All but the first two and the last three can be
/// changed while it runs: [`Simulator::change`](crate::Simulator::change).
#[derive(Clone)]
pub struct Options {
    pub(crate) listen: SocketAddr,
    pub(crate) has_control: bool,
    pub(crate) app_id: String,
    pub(crate) secret: String,
    pub(crate) original_id: String,
    pub(crate) account_kind: AccountKind,
    pub(crate) callback: Callback,
    pub(crate) time_limit: Duration,
    pub(crate) permanent_cap: usize,
    pub(crate) limits: Limits,
    pub(crate) allow_list: Option<Vec<IpAddr>>,
    pub(crate) caller_ip: Option<IpAddr>,
    pub(crate) secret_frozen: bool,
    pub(crate) stable_renewal: i64,
    pub(crate) second_callback: Option<Callback>,
    pub(crate) component: Option<Component>,
    pub(crate) retries_repeat_nonce: bool,
    pub(crate) mark_fail_after: u32,
    pub(crate) push_shape: PushShape,
    pub(crate) page_size: usize,
    pub(crate) largest_tag_to_delete: usize,
    pub(crate) people_limit: usize,
    pub(crate) callback_ips: Vec<String>,
    pub(crate) api_ips: Vec<String>,
    pub(crate) transcript_limit: usize,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
}

impl Options {
    /// Everything as by default, but the same in every run: a manual clock that begins on 2026-01-01 at 09:00 in
    /// Beijing, and random bytes from a fixed seed.
    pub fn deterministic() -> Self {
        Self::default().clock(Clock::manual(1_767_229_200)).random(Random::seeded(1))
    }

    /// The address of the platform's routes and of the control routes.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Without the routes under `/sim/`: what listens there is the platform alone.
    pub fn without_control(mut self) -> Self {
        self.has_control = false;
        self
    }

    /// How many entries of the transcript are kept, of the last; 64 MB of text at most.
    pub fn transcript_limit(mut self, entries: usize) -> Self {
        self.transcript_limit = entries;
        self
    }

    /// Where the time is read.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Where random bytes come from.
    pub fn random(mut self, random: Random) -> Self {
        self.random = random;
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if !is_app_id(&self.app_id) {
            return Err(Error::AppId);
        }
        if !is_secret(&self.secret) {
            return Err(Error::Secret);
        }
        let id = self.original_id.strip_prefix("gh_").unwrap_or_default();
        if id.is_empty() || id.len() > 61 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::OriginalId);
        }
        if !(0..crate::platform::LIFE).contains(&self.stable_renewal) {
            return Err(Error::StableRenewal);
        }
        if !(1..=MOST_ON_A_PAGE).contains(&self.page_size) {
            return Err(Error::PageSize);
        }
        self.limits.check()?;
        self.second_callback.as_ref().map_or(Ok(()), Callback::check)?;
        self.component.as_ref().map_or(Ok(()), Component::check)?;
        self.callback.check()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            has_control: true,
            app_id: DEFAULT_APP_ID.to_owned(),
            secret: DEFAULT_SECRET.to_owned(),
            original_id: DEFAULT_ORIGINAL_ID.to_owned(),
            account_kind: AccountKind::default(),
            callback: Callback::default(),
            time_limit: DEFAULT_TIME_LIMIT,
            permanent_cap: DEFAULT_PERMANENT_CAP,
            limits: Limits::default(),
            allow_list: None,
            caller_ip: None,
            secret_frozen: false,
            stable_renewal: crate::platform::OVERLAP,
            second_callback: None,
            component: None,
            retries_repeat_nonce: false,
            mark_fail_after: 20,
            push_shape: PushShape::Usual,
            page_size: MOST_ON_A_PAGE,
            largest_tag_to_delete: 100_000,
            people_limit: 100_000,
            callback_ips: default_ips(),
            api_ips: default_ips(),
            transcript_limit: 100_000,
            clock: Clock::system(),
            random: Random::system(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Options");
        debug.field("listen", &self.listen).field("app_id", &self.app_id).field("secret", &"[redacted]");
        debug.field("original_id", &self.original_id).field("account_kind", &self.account_kind);
        debug.field("callback", &self.callback).field("limits", &self.limits);
        debug.field("time_limit", &self.time_limit).field("permanent_cap", &self.permanent_cap);
        debug.field("allow_list", &self.allow_list).field("caller_ip", &self.caller_ip);
        debug.field("secret_frozen", &self.secret_frozen).field("stable_renewal", &self.stable_renewal);
        debug.field("second_callback", &self.second_callback).field("component", &self.component);
        debug.field("transcript_limit", &self.transcript_limit);
        debug.finish_non_exhaustive()
    }
}

/// Protocol §10.2.
const MOST_ON_A_PAGE: usize = 10_000;

/// One of each form that the platform answers, the first of which is true.
fn default_ips() -> Vec<String> {
    ["127.0.0.1", "198.51.100.0/24"].map(str::to_owned).to_vec()
}

pub(crate) fn default_aes_key() -> EncodingAesKey {
    DEFAULT_AES_KEY.parse().expect("the default key has 43 letters and digits")
}

pub(crate) fn check_token(text: &str) -> Result<(), Error> {
    let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if letters && (3..=32).contains(&text.len()) { Ok(()) } else { Err(Error::Token) }
}

/// The form of an AppSecret: 32 hex digits (protocol §1.1).
pub(crate) fn is_secret(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The form of an AppID (protocol §1.1).
pub(crate) fn is_app_id(text: &str) -> bool {
    let tail = text.strip_prefix("wx").unwrap_or_default();
    tail.len() == 16 && tail.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
