use crate::{AccessToken, AppId, AppSecret, secret::serialize_exposed};
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/stable_token` (获取稳定版接口调用凭据, protocol §1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StableTokenRequest {
    /// Always `client_credential`.
    pub grant_type: String,
    /// The account.
    pub appid: AppId,
    /// Its secret, written out only into this body.
    #[serde(serialize_with = "serialize_exposed")]
    pub secret: AppSecret,
    /// `true` invalidates the present token at once: at most 20 a day, 30 s apart.
    #[serde(default)]
    pub force_refresh: bool,
}

impl StableTokenRequest {
    /// Asks for the present token, or a new one if it is about to end.
    pub fn new(appid: AppId, secret: AppSecret) -> Self {
        Self { grant_type: "client_credential".to_owned(), appid, secret, force_refresh: false }
    }

    /// Asks the platform to invalidate the present token and to give a new one.
    pub fn force_refresh(mut self, force: bool) -> Self {
        self.force_refresh = force;
        self
    }
}

/// The answer of `token` and `stable_token` (protocol §1.1, §1.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct TokenResponse {
    /// The token for all other calls.
    pub access_token: AccessToken,
    /// Seconds that it is still valid, at most 7200.
    pub expires_in: u32,
}

impl TokenResponse {
    /// A token with so many seconds left.
    pub fn new(access_token: impl Into<AccessToken>, expires_in: u32) -> Self {
        Self { access_token: access_token.into(), expires_in }
    }
}
