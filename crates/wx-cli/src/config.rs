use crate::failure::{Failure, Outcome};
use serde::Deserialize;
use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};
use wx_channel::AccountId;
use wx_client::Client;
use wx_crypto::EncodingAesKey;
use wx_events::{Callback, Mode};
use wx_model::{AppId, AppSecret, CallbackToken, OriginalId};

/// The configuration file `wx.toml`. Flags win over the environment, the environment over this file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// The account (开发者 ID).
    pub(crate) app_id: Option<AppId>,
    /// Its secret (开发者密码), or the file that holds it.
    app_secret: Option<AppSecret>,
    app_secret_file: Option<PathBuf>,
    /// One base address for calls and pictures: a simulator or a gateway.
    pub(crate) api_base: Option<String>,
    /// The database file.
    pub(crate) database: Option<PathBuf>,
    /// Where the callback service listens.
    pub(crate) listen: Option<SocketAddr>,
    /// Where the dashboard and the JSON API listen.
    pub(crate) console: Option<SocketAddr>,
    /// The name under which a proxy serves them.
    pub(crate) console_host: Option<String>,
    /// The callback configuration (服务器配置).
    pub(crate) callback: CallbackSettings,
}

/// `[callback]` in `wx.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CallbackSettings {
    /// Path of the callback address.
    pub(crate) path: Option<String>,
    /// `plain`, `compatible` or `safe`.
    pub(crate) mode: Option<String>,
    token: Option<CallbackToken>,
    token_file: Option<PathBuf>,
    aes_key: Option<String>,
    aes_key_file: Option<PathBuf>,
    /// Pushes signed more than so many seconds before or after now are refused.
    time_window: Option<u32>,
    /// The original id (原始 ID) that pushes must be addressed to.
    pub(crate) original_id: Option<OriginalId>,
}

impl Settings {
    /// Reads the file, if it is there; one that was asked for must be there.
    pub(crate) fn read(asked: Option<&Path>) -> Outcome<Self> {
        let path = asked.unwrap_or(Path::new("wx.toml"));
        match fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| {
                Failure::invalid(format!("{} is not valid {}", path.display(), without_values(&error, &text)))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound && asked.is_none() => Ok(Self::default()),
            Err(error) => {
                Err(Failure::invalid(format!("cannot read the configuration {}: {error}", path.display())))
            }
        }
    }

    fn app_secret(&self) -> Outcome<Option<AppSecret>> {
        secret(self.app_secret.as_ref().map(AppSecret::expose), self.app_secret_file.as_deref())
            .map(|text| text.map(AppSecret::from))
    }

    fn callback_token(&self) -> Outcome<Option<CallbackToken>> {
        secret(self.callback.token.as_ref().map(CallbackToken::expose), self.callback.token_file.as_deref())
            .map(|text| text.map(CallbackToken::from))
    }

    fn aes_key(&self) -> Outcome<Option<String>> {
        secret(self.callback.aes_key.as_deref(), self.callback.aes_key_file.as_deref())
    }
}

/// Flags of the commands that call the platform.
#[derive(Debug, clap::Args)]
pub(crate) struct AccountArgs {
    /// AppID (开发者 ID) of the account
    #[arg(long, env = "WX_APP_ID", value_name = "ID")]
    app_id: Option<String>,

    /// AppSecret (开发者密码) of the account; better in the environment or in wx.toml than on the command line
    #[arg(long, env = "WX_APP_SECRET", value_name = "SECRET", hide_env_values = true)]
    app_secret: Option<String>,

    /// One base address for calls and pictures: the simulator or a gateway [default: the platform]
    #[arg(long, env = "WX_API_BASE", value_name = "URL")]
    api_base: Option<String>,
}

impl AccountArgs {
    /// The account that is meant.
    pub(crate) fn app_id(&self, settings: &Settings) -> Outcome<AppId> {
        let given = self.app_id.as_deref().or(settings.app_id.as_ref().map(AppId::as_str));
        given
            .and_then(filled)
            .map(AppId::from)
            .ok_or_else(|| missing("the AppID", "--app-id, WX_APP_ID or app_id"))
    }

    /// The base address, if it is not the platform's own.
    pub(crate) fn api_base<'a>(&'a self, settings: &'a Settings) -> Option<&'a str> {
        self.api_base.as_deref().or(settings.api_base.as_deref())
    }

    /// A client for the account.
    pub(crate) fn client(&self, settings: &Settings) -> Outcome<Client> {
        self.build(self.app_id(settings)?, self.app_secret(settings)?, settings)
    }

    /// A client for pictures, which need no account.
    pub(crate) fn picture_client(&self, settings: &Settings) -> Outcome<Client> {
        self.build(AppId::from(""), AppSecret::from(""), settings)
    }

    fn app_secret(&self, settings: &Settings) -> Outcome<AppSecret> {
        let given = self.app_secret.as_deref().and_then(filled).map(AppSecret::from);
        match given {
            Some(secret) => Ok(secret),
            None => settings
                .app_secret()?
                .ok_or_else(|| missing("the AppSecret", "WX_APP_SECRET, app_secret or app_secret_file")),
        }
    }

    fn build(&self, app_id: AppId, app_secret: AppSecret, settings: &Settings) -> Outcome<Client> {
        let mut builder = Client::builder(app_id, app_secret);
        if let Some(base) = self.api_base(settings) {
            builder = builder.api_base(base);
        }
        builder.build().map_err(|error| Failure::invalid(crate::failure::sentence(&error)))
    }
}

/// Flags of the callback configuration (服务器配置).
#[derive(Debug, clap::Args)]
pub(crate) struct CallbackArgs {
    /// Mode of the pushes: plain (明文), compatible (兼容) or safe (安全) [default: plain]
    #[arg(long, env = "WX_MODE", value_name = "MODE")]
    mode: Option<Mode>,

    /// Token (令牌) of the callback configuration
    #[arg(long, env = "WX_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    token: Option<String>,

    /// EncodingAESKey (消息加解密密钥) of the callback configuration
    #[arg(long, env = "WX_AES_KEY", value_name = "KEY", hide_env_values = true)]
    aes_key: Option<String>,

    /// Refuses pushes signed more than so many seconds before or after now [default: any time]
    #[arg(long, env = "WX_TIME_WINDOW", value_name = "SECONDS")]
    time_window: Option<u32>,
}

impl CallbackArgs {
    /// The callback that these flags, the environment and the file describe.
    pub(crate) fn callback(&self, app_id: &AppId, settings: &Settings) -> Outcome<Callback> {
        let token = match self.token.as_deref().and_then(filled).map(CallbackToken::from) {
            Some(token) => token,
            None => settings
                .callback_token()?
                .ok_or_else(|| missing("the callback Token", "--token, WX_TOKEN or [callback] token"))?,
        };
        let callback = match self.mode(settings)? {
            Mode::Plain => Callback::plain(token),
            Mode::Compatible => Callback::compatible(token, self.aes_key(settings)?, app_id.clone()),
            Mode::Safe => Callback::safe(token, self.aes_key(settings)?, app_id.clone()),
        };
        let callback = match &settings.callback.original_id {
            Some(original_id) => callback.account(original_id.clone()),
            None => callback,
        };
        Ok(match self.time_window.or(settings.callback.time_window) {
            Some(seconds) => callback.time_window(seconds),
            None => callback,
        })
    }

    /// Says what a plain callback is open to.
    pub(crate) fn warn(&self, settings: &Settings) -> Outcome {
        let window = self.time_window.or(settings.callback.time_window);
        if self.mode(settings)? != Mode::Safe && window.is_none() {
            crate::print::note(
                "note: in plain and compatible mode whoever has seen one push can send others with its signature; \
                 use safe mode, or at least --time-window 600",
            );
        }
        Ok(())
    }

    /// The mode that is meant.
    pub(crate) fn mode(&self, settings: &Settings) -> Outcome<Mode> {
        match (self.mode, settings.callback.mode.as_deref()) {
            (Some(mode), _) => Ok(mode),
            (None, Some(text)) => {
                text.parse().map_err(|error| Failure::invalid(format!("[callback] mode: {error}")))
            }
            (None, None) => Ok(Mode::Plain),
        }
    }

    fn aes_key(&self, settings: &Settings) -> Outcome<EncodingAesKey> {
        let text = match self.aes_key.as_deref().and_then(filled).map(str::to_owned) {
            Some(text) => text,
            None => settings.aes_key()?.ok_or_else(|| {
                missing("the EncodingAESKey", "--aes-key, WX_AES_KEY or [callback] aes_key")
            })?,
        };
        text.parse().map_err(|error: wx_crypto::InvalidKey| Failure::invalid(error.to_string()))
    }
}

/// Flag of the commands that read or write the database.
#[derive(Debug, clap::Args)]
pub(crate) struct DatabaseArgs {
    /// The database file [default: wx.db]
    #[arg(long = "db", env = "WX_DATABASE", value_name = "FILE")]
    database: Option<PathBuf>,
}

impl DatabaseArgs {
    /// The path that was asked for anywhere.
    pub(crate) fn asked<'a>(&'a self, settings: &'a Settings) -> Option<&'a Path> {
        self.database.as_deref().or(settings.database.as_deref())
    }

    /// The path, `wx.db` if nothing was said.
    pub(crate) fn path<'a>(&'a self, settings: &'a Settings) -> &'a Path {
        self.asked(settings).unwrap_or(Path::new("wx.db"))
    }
}

/// The account under which pushes are recorded.
pub(crate) fn account(app_id: &AppId) -> AccountId {
    AccountId::from(app_id.as_str())
}

fn missing(what: &str, where_to: &str) -> Failure {
    Failure::invalid(format!("{what} is not known; give it with {where_to} in wx.toml"))
}

fn secret(value: Option<&str>, file: Option<&Path>) -> Outcome<Option<String>> {
    match (value, file) {
        (Some(text), _) => Ok(filled(text).map(str::to_owned)),
        (None, None) => Ok(None),
        (None, Some(path)) => match fs::read_to_string(path) {
            Ok(text) => Ok(filled(&text).map(str::to_owned)),
            Err(error) => {
                Err(Failure::invalid(format!("cannot read the secret file {}: {error}", path.display())))
            }
        },
    }
}

/// Where and what is wrong. What stands there is left out, because it may be a secret at the wrong place.
fn without_values(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let (head, tail) = match error.message().split_once(", expected") {
        Some((head, tail)) => (head, format!(", expected{tail}")),
        None => (error.message(), String::new()),
    };
    let head = head.split(['`', '"']).next().unwrap_or_default().trim_end();
    format!("at line {line}, column {column}: {head}{tail}")
}

/// An empty setting is a variable that somebody forgot to fill.
fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
