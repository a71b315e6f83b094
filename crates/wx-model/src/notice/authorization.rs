use super::component;
use crate::{AppId, AuthorizationCode, Fields, PreAuthCode, leaves::Leaves};

/// An account lets the platform act for it, or changed what it may do (授权, protocol §1.7).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authorization {
    /// The third-party platform (`AppId`).
    pub component_app_id: Option<AppId>,
    /// The account (`AuthorizerAppid`).
    pub authorizer_app_id: Option<AppId>,
    /// What the account's tokens are fetched with (授权码, `AuthorizationCode`).
    pub authorization_code: Option<AuthorizationCode>,
    /// Until when that works (`AuthorizationCodeExpiredTime`): seconds since 1970, UTC.
    pub authorization_code_expired_time: Option<i64>,
    /// The code that the authorisation began with (预授权码, `PreAuthCode`).
    pub pre_auth_code: Option<PreAuthCode>,
}

impl Authorization {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            component_app_id: component(fields),
            authorizer_app_id: fields.id("AuthorizerAppid"),
            authorization_code: fields.id("AuthorizationCode"),
            authorization_code_expired_time: fields.number("AuthorizationCodeExpiredTime"),
            pre_auth_code: fields.id("PreAuthCode"),
        }
    }
}

/// An account lets the platform no longer act for it (取消授权). Its tokens are void.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unauthorization {
    /// The third-party platform (`AppId`).
    pub component_app_id: Option<AppId>,
    /// The account (`AuthorizerAppid`).
    pub authorizer_app_id: Option<AppId>,
}

impl Unauthorization {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { component_app_id: component(fields), authorizer_app_id: fields.id("AuthorizerAppid") }
    }
}
