use crate::{Error, options};
use http::Uri;
use std::{fmt, str::FromStr};
use wx_crypto::EncodingAesKey;

/// The server configuration (服务器配置) of the account: where pushes go and how they are protected (protocol §6.1).
///
/// It starts without an address, in plain mode, with the default token and key; nothing is pushed until an address
/// is set. Unlike the platform, the simulator takes any port, and an `http` address only: it carries no TLS.
///
/// ```
/// use wx_sim::{Callback, Mode};
///
/// let callback = Callback::to("http://127.0.0.1:8080/wx/callback").mode(Mode::Safe).token("AnotherToken");
/// # let _ = callback;
/// ```
#[derive(Clone)]
pub struct Callback {
    pub(crate) url: Option<String>,
    pub(crate) mode: Mode,
    pub(crate) token: String,
    pub(crate) aes_key: EncodingAesKey,
    pub(crate) app_id: Option<String>,
}

impl Callback {
    /// Pushes go to `url`; the rest is as in [`Callback::default`].
    pub fn to(url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..Self::default() }
    }

    /// Pushes go to `url` from now on, or nowhere.
    pub fn url(mut self, url: Option<String>) -> Self {
        self.url = url;
        self
    }

    /// How bodies travel. Default: [`Mode::Plain`].
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// The token of the signature, 3 to 32 letters and digits. Default: [`DEFAULT_TOKEN`](crate::DEFAULT_TOKEN).
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// The key of the envelope. Default: [`DEFAULT_AES_KEY`](crate::DEFAULT_AES_KEY).
    pub fn aes_key(mut self, key: EncodingAesKey) -> Self {
        self.aes_key = key;
        self
    }

    /// The AppID at the end of the envelope (protocol §6.4), where it is not the account's: that of a third-party
    /// platform.
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        options::check_token(&self.token)?;
        if self.app_id.as_ref().is_some_and(|app_id| !options::is_app_id(app_id)) {
            return Err(Error::AppId);
        }
        self.url.as_deref().map_or(Ok(()), check_url)
    }
}

impl Default for Callback {
    fn default() -> Self {
        Self {
            url: None,
            mode: Mode::Plain,
            token: options::DEFAULT_TOKEN.to_owned(),
            aes_key: options::default_aes_key(),
            app_id: None,
        }
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Callback");
        debug.field("url", &self.url).field("mode", &self.mode).field("app_id", &self.app_id);
        debug.field("token", &"[redacted]").field("aes_key", &self.aes_key).finish()
    }
}

/// How the bodies of pushes travel (消息加解密方式, protocol §6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::exhaustive_enums, reason = "the console offers exactly these three")]
pub enum Mode {
    /// 明文模式: clear XML.
    #[default]
    Plain,
    /// 兼容模式: clear XML that also holds its encrypted form.
    Compatible,
    /// 安全模式: encrypted only.
    Safe,
}

impl Mode {
    /// The word of the command line and the control routes: `plain`, `compatible` or `safe`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Compatible => "compatible",
            Self::Safe => "safe",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        let known = [Self::Plain, Self::Compatible, Self::Safe];
        known.into_iter().find(|mode| mode.name() == text).ok_or(UnknownMode)
    }
}

/// A word that is no [`Mode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the mode is one of `plain`, `compatible` and `safe`")]
#[non_exhaustive]
pub struct UnknownMode;

pub(crate) fn check_url(url: &str) -> Result<(), Error> {
    let refused = |reason| Error::CallbackUrl { url: url.to_owned(), reason };
    let uri: Uri = url.parse().map_err(|_| refused("it is no address"))?;
    match uri.scheme_str() {
        Some("http") if uri.host().is_some_and(|host| !host.is_empty()) => Ok(()),
        Some("https") => Err(refused("the simulator has no TLS; give an address that starts with http://")),
        _ => Err(refused("give a whole address such as http://127.0.0.1:8080/callback")),
    }
}
