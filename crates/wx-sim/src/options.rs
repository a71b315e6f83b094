use crate::{AccountKind, Callback, Clock, Error, Mode, Random, limits::Limits};
use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
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
/// | [`app_id`](Self::app_id) | [`DEFAULT_APP_ID`] |
/// | [`secret`](Self::secret) | [`DEFAULT_SECRET`] |
/// | [`original_id`](Self::original_id) | [`DEFAULT_ORIGINAL_ID`] |
/// | [`account_kind`](Self::account_kind) | [`AccountKind::VerifiedService`] |
/// | [`callback`](Self::callback) | no address, plain mode, [`DEFAULT_TOKEN`], [`DEFAULT_AES_KEY`] |
/// | [`time_limit`](Self::time_limit) | [`DEFAULT_TIME_LIMIT`] |
/// | [`permanent_cap`](Self::permanent_cap) | [`DEFAULT_PERMANENT_CAP`] |
/// | [`daily_limit`](Self::daily_limit) | `/cgi-bin/token` 2000, `/cgi-bin/stable_token` 500 000, `/cgi-bin/qrcode/create` 100 000 |
/// | [`minute_limit`](Self::minute_limit) | `/cgi-bin/stable_token` 10 000, the others none |
/// | [`clock`](Self::clock) | [`Clock::system`] |
/// | [`random`](Self::random) | [`Random::system`] |
///
/// Values are checked by [`Simulator::start`](crate::Simulator::start).
#[derive(Clone)]
pub struct Options {
    pub(crate) listen: SocketAddr,
    pub(crate) app_id: String,
    pub(crate) secret: String,
    pub(crate) original_id: String,
    pub(crate) account_kind: AccountKind,
    pub(crate) callback: Callback,
    pub(crate) time_limit: Duration,
    pub(crate) permanent_cap: usize,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
}

impl Options {
    /// The address of the platform's routes and of the control routes.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// The account's AppID: `wx` and 16 letters or digits.
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = app_id.into();
        self
    }

    /// The account's AppSecret: 32 hex digits.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = secret.into();
        self
    }

    /// The account's original id, which stands in `ToUserName` of every push: `gh_` and letters or digits.
    pub fn original_id(mut self, original_id: impl Into<String>) -> Self {
        self.original_id = original_id.into();
        self
    }

    /// What the account is, and so what it may call: 48001 for what it may not (protocol §2.4, §12).
    pub fn account_kind(mut self, kind: AccountKind) -> Self {
        self.account_kind = kind;
        self
    }

    /// The whole server configuration. [`Simulator::configure`](crate::Simulator::configure) changes it later.
    pub fn callback(mut self, callback: Callback) -> Self {
        self.callback = callback;
        self
    }

    /// The mode of the server configuration alone.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.callback = self.callback.mode(mode);
        self
    }

    /// The token of the server configuration alone.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.callback = self.callback.token(token);
        self
    }

    /// The key of the server configuration alone.
    pub fn aes_key(mut self, key: EncodingAesKey) -> Self {
        self.callback = self.callback.aes_key(key);
        self
    }

    /// How long one delivery may take, from connecting to the last byte of the answer.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// After how many permanent codes `qrcode/create` answers 45029 for ever.
    pub fn permanent_cap(mut self, cap: usize) -> Self {
        self.permanent_cap = cap;
        self
    }

    /// After how many calls to `path` in a day they are answered 45009, until midnight in Beijing (protocol §2.7, §5.5).
    /// The path begins with a slash and has no query.
    pub fn daily_limit(mut self, path: impl Into<String>, calls: u32) -> Self {
        self.limits.entry(path.into()).a_day = calls;
        self
    }

    /// After how many calls to `path` in a minute they are answered 45011, until the next minute of the clock (protocol
    /// §2.4). The path begins with a slash and has no query.
    pub fn minute_limit(mut self, path: impl Into<String>, calls: u32) -> Self {
        self.limits.entry(path.into()).a_minute = Some(calls);
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
        self.limits.check()?;
        self.callback.check()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            app_id: DEFAULT_APP_ID.to_owned(),
            secret: DEFAULT_SECRET.to_owned(),
            original_id: DEFAULT_ORIGINAL_ID.to_owned(),
            account_kind: AccountKind::default(),
            callback: Callback::default(),
            time_limit: DEFAULT_TIME_LIMIT,
            permanent_cap: DEFAULT_PERMANENT_CAP,
            limits: Limits::default(),
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
        debug.finish_non_exhaustive()
    }
}

pub(crate) fn default_aes_key() -> EncodingAesKey {
    DEFAULT_AES_KEY.parse().expect("the default key has 43 letters and digits")
}

/// The form of an AppSecret: 32 hex digits (protocol §1.1).
pub(crate) fn is_secret(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_app_id(text: &str) -> bool {
    let tail = text.strip_prefix("wx").unwrap_or_default();
    tail.len() == 16 && tail.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
