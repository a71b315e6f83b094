use super::{Settings, filled, missing};
use crate::failure::{Failure, Outcome};
use std::env;
use wx_crypto::InvalidKey;
use wx_events::{Callback, EncodingAesKey, Mode};
use wx_model::{AppId, CallbackToken, OriginalId};

/// The callback configuration (服务器配置) as far as somebody gave it.
#[derive(Default, Clone)]
pub(crate) struct Secrets {
    pub(crate) mode: Option<Mode>,
    pub(crate) token: Option<CallbackToken>,
    pub(crate) previous_token: Option<CallbackToken>,
    pub(crate) aes_key: Option<String>,
    pub(crate) previous_aes_key: Option<String>,
    pub(crate) app_id: Option<AppId>,
    pub(crate) time_window: Option<u32>,
    /// The original id (原始 ID) that pushes must be addressed to.
    pub(crate) account: Option<OriginalId>,
}

/// Why there is no callback.
pub(crate) enum Defect {
    NoToken,
    NoAesKey,
    NoAppId,
    InvalidKey(InvalidKey),
    InvalidPreviousKey(InvalidKey),
}

impl Secrets {
    /// What the environment says.
    pub(crate) fn of_environment() -> Outcome<Self> {
        let text = |name| env::var(name).ok().and_then(|text| filled(&text).map(str::to_owned));
        let invalid = |name, error: &dyn std::error::Error| Failure::invalid(format!("{name}: {error}"));
        let mode = text("WX_MODE").map(|text| text.parse());
        let window = text("WX_TIME_WINDOW").map(|text| text.parse());
        Ok(Self {
            mode: mode.transpose().map_err(|error| invalid("WX_MODE", &error))?,
            token: text("WX_TOKEN").map(CallbackToken::from),
            previous_token: text("WX_PREVIOUS_TOKEN").map(CallbackToken::from),
            aes_key: text("WX_AES_KEY"),
            previous_aes_key: text("WX_PREVIOUS_AES_KEY"),
            app_id: text("WX_APP_ID").map(AppId::from),
            time_window: window.transpose().map_err(|error| invalid("WX_TIME_WINDOW", &error))?,
            account: None,
        })
    }

    /// These, and `others` where these say nothing.
    pub(crate) fn or(self, others: Self) -> Self {
        Self {
            mode: self.mode.or(others.mode),
            token: self.token.or(others.token),
            previous_token: self.previous_token.or(others.previous_token),
            aes_key: self.aes_key.or(others.aes_key),
            previous_aes_key: self.previous_aes_key.or(others.previous_aes_key),
            app_id: self.app_id.or(others.app_id),
            time_window: self.time_window.or(others.time_window),
            account: self.account.or(others.account),
        }
    }

    /// These, and the file where these say nothing. Files of secrets that are not needed are not read.
    pub(crate) fn or_file(mut self, settings: &Settings) -> Outcome<Self> {
        if self.token.is_none() {
            self.token = settings.callback_token()?;
        }
        if self.previous_token.is_none() {
            self.previous_token = settings.previous_token()?;
        }
        self.mode = Some(self.mode(settings)?);
        if self.mode != Some(Mode::Plain) {
            self = self.with_keys_of(settings)?;
        }
        self.app_id = self.app_id.or_else(|| settings.app_id.clone());
        self.time_window = self.time_window.or(settings.callback.time_window);
        self.account = self.account.or_else(|| settings.callback.original_id.clone());
        Ok(self)
    }

    fn with_keys_of(mut self, settings: &Settings) -> Outcome<Self> {
        if self.aes_key.is_none() {
            self.aes_key = settings.aes_key()?;
        }
        if self.previous_aes_key.is_none() {
            self.previous_aes_key = settings.previous_aes_key()?;
        }
        Ok(self)
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

    /// The callback that these describe.
    pub(crate) fn callback(&self) -> Result<Callback, Defect> {
        let token = self.token.clone().ok_or(Defect::NoToken)?;
        let callback = match self.mode.unwrap_or(Mode::Plain) {
            Mode::Plain => Callback::plain(token),
            Mode::Compatible => Callback::compatible(token, self.key()?, self.app()?),
            Mode::Safe => Callback::safe(token, self.key()?, self.app()?),
        };
        self.with_options(callback)
    }

    fn with_options(&self, mut callback: Callback) -> Result<Callback, Defect> {
        if let Some(token) = &self.previous_token {
            callback = callback.previous_token(token.clone());
        }
        if let Some(key) = &self.previous_aes_key {
            callback = callback.previous_key(key.parse().map_err(Defect::InvalidPreviousKey)?);
        }
        if let Some(account) = &self.account {
            callback = callback.account(account.clone());
        }
        if let Some(seconds) = self.time_window {
            callback = callback.time_window(seconds);
        }
        Ok(callback)
    }

    fn key(&self) -> Result<EncodingAesKey, Defect> {
        self.aes_key.as_deref().ok_or(Defect::NoAesKey)?.parse().map_err(Defect::InvalidKey)
    }

    fn app(&self) -> Result<AppId, Defect> {
        self.app_id.clone().ok_or(Defect::NoAppId)
    }
}

impl From<Defect> for Failure {
    fn from(defect: Defect) -> Self {
        match defect {
            Defect::NoToken => missing("the callback Token", "--token, WX_TOKEN or [callback] token"),
            Defect::NoAesKey => missing("the EncodingAESKey", "--aes-key, WX_AES_KEY or [callback] aes_key"),
            Defect::NoAppId => missing("the AppID", "--app-id, WX_APP_ID or app_id"),
            Defect::InvalidKey(error) => Self::invalid(error.to_string()),
            Defect::InvalidPreviousKey(error) => Self::invalid(format!("the previous key: {error}")),
        }
    }
}
