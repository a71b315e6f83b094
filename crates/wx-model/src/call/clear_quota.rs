use crate::{AppId, AppSecret, secret::serialize_exposed};
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/clear_quota` (清空 API 调用次数, protocol §5.4): clears all daily counters of the
/// account, 10 times a month together with the console's button; after that 48006.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClearQuotaRequest {
    /// The account, the same that owns the token.
    pub appid: AppId,
}

impl ClearQuotaRequest {
    /// Clears the counters of that account.
    pub fn new(appid: impl Into<AppId>) -> Self {
        Self { appid: appid.into() }
    }
}

/// The body of `POST /cgi-bin/clear_quota/v2` (使用 AppSecret 重置 API 调用次数, protocol §5.4): the same without a token,
/// also when the calls for tokens are used up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClearQuotaV2Request {
    /// The account.
    pub appid: AppId,
    /// Its secret, written out only into this body.
    #[serde(serialize_with = "serialize_exposed")]
    pub appsecret: AppSecret,
}

impl ClearQuotaV2Request {
    /// Clears the counters of that account.
    pub fn new(appid: impl Into<AppId>, appsecret: impl Into<AppSecret>) -> Self {
        Self { appid: appid.into(), appsecret: appsecret.into() }
    }
}
