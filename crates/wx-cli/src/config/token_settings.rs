use super::{Settings, TokenKind, filled, secret};
use crate::failure::Outcome;
use serde::Deserialize;
use std::path::PathBuf;
use wx_model::AccessToken;

/// `[access_token]` in `wx.toml`: where the access_token (接口调用凭据) of the calls comes from.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TokenSettings {
    pub(super) kind: Option<TokenKind>,
    value: Option<AccessToken>,
    value_file: Option<PathBuf>,
    pub(super) service: Option<String>,
    service_secret: Option<AccessToken>,
    service_secret_file: Option<PathBuf>,
    store: Option<String>,
    /// For an address that holds a password.
    store_file: Option<PathBuf>,
    mirror: Option<String>,
    mirror_file: Option<PathBuf>,
    pub(super) mirror_layouts: Vec<String>,
}

/// What one place (flags and environment, or the file) says about the token.
#[derive(Default)]
pub(super) struct TokenWish {
    pub(super) kind: Option<TokenKind>,
    pub(super) value: Option<String>,
    pub(super) service: Option<String>,
    pub(super) service_secret: Option<String>,
    pub(super) store: Option<String>,
    pub(super) mirror: Option<String>,
    pub(super) mirror_layouts: Vec<String>,
}

impl TokenSettings {
    /// Files of secrets are read here, and only here.
    pub(super) fn wish(settings: &Settings) -> Outcome<TokenWish> {
        let this = &settings.access_token;
        let text = |text: &Option<String>| text.as_deref().and_then(filled).map(str::to_owned);
        Ok(TokenWish {
            kind: this.kind,
            value: secret(this.value.as_ref().map(AccessToken::expose), this.value_file.as_deref())?,
            service: text(&this.service),
            service_secret: secret(
                this.service_secret.as_ref().map(AccessToken::expose),
                this.service_secret_file.as_deref(),
            )?,
            store: secret(this.store.as_deref(), this.store_file.as_deref())?,
            mirror: secret(this.mirror.as_deref(), this.mirror_file.as_deref())?,
            mirror_layouts: this.mirror_layouts.clone(),
        })
    }
}

impl TokenWish {
    /// These, and `file` where these say nothing. A source that is named here replaces the one that the file names.
    pub(super) fn or(self, file: Self) -> Self {
        if self.value.is_some() {
            return self;
        }
        if self.service.is_some() {
            return Self { service_secret: self.service_secret.or(file.service_secret), ..self };
        }
        let names_platform = self.kind.is_some() || self.store.is_some();
        Self {
            kind: self.kind.or(file.kind),
            value: file.value.filter(|_| !names_platform),
            service: file.service.filter(|_| !names_platform),
            service_secret: self.service_secret.or(file.service_secret),
            store: self.store.or(file.store),
            mirror: self.mirror.or(file.mirror),
            mirror_layouts: if self.mirror_layouts.is_empty() {
                file.mirror_layouts
            } else {
                self.mirror_layouts
            },
        }
    }
}
