mod account_args;
mod callback_args;
mod client_args;
mod database_args;
mod platform_args;
mod secrets;
mod store_address;
mod token_args;
mod token_mirror;
mod token_settings;
mod token_source;

pub(crate) use account_args::{AccountArgs, account};
pub(crate) use callback_args::{CallbackArgs, SecretArgs};
pub(crate) use client_args::{ClientArgs, Connected, build};
pub(crate) use database_args::{DatabaseArgs, database};
pub(crate) use platform_args::PlatformArgs;
pub(crate) use secrets::{Defect, Secrets};
use store_address::StoreAddress;
use token_args::TokenArgs;
use token_mirror::TokenMirror;
use token_settings::TokenSettings;
pub(crate) use token_source::{TokenKind, TokenSource};

use crate::failure::{Failure, Outcome};
use serde::Deserialize;
use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};
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
    /// Where the access_token comes from.
    access_token: TokenSettings,
}

/// `[callback]` in `wx.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CallbackSettings {
    /// The callback address (服务器地址 URL) as it stands in the console.
    pub(crate) url: Option<String>,
    /// Path of the callback address.
    pub(crate) path: Option<String>,
    /// `plain`, `compatible` or `safe`.
    pub(crate) mode: Option<String>,
    token: Option<CallbackToken>,
    token_file: Option<PathBuf>,
    /// The Token before the current one, while it is exchanged.
    previous_token: Option<CallbackToken>,
    previous_token_file: Option<PathBuf>,
    aes_key: Option<String>,
    aes_key_file: Option<PathBuf>,
    /// The key before the current one, while it is exchanged.
    previous_aes_key: Option<String>,
    previous_aes_key_file: Option<PathBuf>,
    /// Pushes signed more than so many seconds before or after now are refused.
    time_window: Option<u32>,
    /// How many requests are remembered, so that nobody uses their timestamp and nonce with another message.
    nonce_memory: Option<usize>,
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

    fn previous_token(&self) -> Outcome<Option<CallbackToken>> {
        let callback = &self.callback;
        let value = callback.previous_token.as_ref().map(CallbackToken::expose);
        Ok(secret(value, callback.previous_token_file.as_deref())?.map(CallbackToken::from))
    }

    fn aes_key(&self) -> Outcome<Option<String>> {
        secret(self.callback.aes_key.as_deref(), self.callback.aes_key_file.as_deref())
    }

    fn previous_aes_key(&self) -> Outcome<Option<String>> {
        let callback = &self.callback;
        secret(callback.previous_aes_key.as_deref(), callback.previous_aes_key_file.as_deref())
    }
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
pub(crate) fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
