use crate::OverLimit;
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/openapi/quota/get` (查询 API 调用额度, protocol §5.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotaRequest {
    /// The call in question: begins with `/`, no query, `/cgi-bin/qrcode/create`.
    pub cgi_path: String,
}

impl QuotaRequest {
    /// Asks about that call.
    pub fn new(cgi_path: impl Into<String>) -> Self {
        Self { cgi_path: cgi_path.into() }
    }

    /// Whether the path begins with `/` and has no query.
    pub fn check(&self) -> Result<(), OverLimit> {
        let is_path = self.cgi_path.starts_with('/') && !self.cgi_path.contains(['?', '#']);
        OverLimit::unless(is_path, || {
            "the call in question is named by its path, such as /cgi-bin/qrcode/create, without a query"
                .to_owned()
        })
    }
}

/// The answer to `openapi/quota/get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotaResponse {
    /// The allowance of the day.
    pub quota: Quota,
    /// The limit of short bursts, if the call has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<RateLimit>,
    /// The same for a third-party platform (第三方平台) that acts for the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component_rate_limit: Option<RateLimit>,
}

/// Calls of one kind on one day, which ends at midnight Beijing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quota {
    /// Allowed calls.
    pub daily_limit: u64,
    /// Calls made.
    pub used: u64,
    /// Calls left.
    pub remain: u64,
}

/// Calls within a short time; both 0 when there is no such limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RateLimit {
    /// Allowed calls.
    pub call_count: u64,
    /// Within so many seconds.
    pub refresh_second: u64,
}
