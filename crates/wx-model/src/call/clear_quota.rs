use crate::AppId;
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
