use serde::Deserialize;
use wx_model::{AccessToken, AppId, AuthorizerRefreshToken, PreAuthCode};

/// Of `api_component_token`.
#[derive(Debug, Deserialize)]
pub(super) struct ComponentTokenAnswer {
    pub(super) component_access_token: AccessToken,
    pub(super) expires_in: u32,
}

/// Of `api_create_preauthcode`.
#[derive(Debug, Deserialize)]
pub(super) struct PreAuthCodeAnswer {
    pub(super) pre_auth_code: PreAuthCode,
    pub(super) expires_in: u32,
}

/// Of `api_query_auth`.
#[derive(Debug, Deserialize)]
pub(super) struct QueryAuthAnswer {
    pub(super) authorization_info: AuthorizationInfo,
}

#[derive(Debug, Deserialize)]
pub(super) struct AuthorizationInfo {
    pub(super) authorizer_appid: AppId,
    pub(super) authorizer_refresh_token: AuthorizerRefreshToken,
    /// Only saves a call, so whatever is wrong with these two must not cost the rest: a code works once.
    pub(super) authorizer_access_token: Option<AccessToken>,
    pub(super) expires_in: Option<serde_json::Value>,
}

/// Of `api_authorizer_token`.
#[derive(Debug, Deserialize)]
pub(super) struct AuthorizerTokenAnswer {
    pub(super) authorizer_access_token: AccessToken,
    pub(super) expires_in: u32,
    /// Absent or the same again, as long as the platform does not change it.
    pub(super) authorizer_refresh_token: Option<AuthorizerRefreshToken>,
}
