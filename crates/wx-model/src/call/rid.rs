use serde::{Deserialize, Serialize};
use std::fmt;

/// The body of `POST /cgi-bin/openapi/rid/get` (查询 rid 信息, protocol §5.4): what did the platform receive?
/// Knows the account's own calls of the last 7 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RidRequest {
    /// The id at the end of an `errmsg`, see [`ApiStatus::rid`](crate::ApiStatus::rid).
    pub rid: String,
}

impl RidRequest {
    /// Asks about that call.
    pub fn new(rid: impl Into<String>) -> Self {
        Self { rid: rid.into() }
    }
}

/// The answer to `openapi/rid/get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RidResponse {
    /// The call.
    pub request: RidDetails,
}

/// A call as the platform recorded it.
///
/// The bodies are those of the call, with whatever secrets it carried: they do not print in `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RidDetails {
    /// When it arrived, in seconds since 1970 (UTC).
    pub invoke_time: i64,
    /// How long it took, in milliseconds.
    pub cost_in_ms: u64,
    /// Its query string, in which the platform has shortened the token.
    #[serde(default)]
    pub request_url: String,
    /// Its body.
    #[serde(default)]
    pub request_body: String,
    /// The answer.
    #[serde(default)]
    pub response_body: String,
    /// Where it came from.
    #[serde(default)]
    pub client_ip: String,
}

impl fmt::Debug for RidDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RidDetails")
            .field("invoke_time", &self.invoke_time)
            .field("cost_in_ms", &self.cost_in_ms)
            .field("client_ip", &self.client_ip)
            .finish_non_exhaustive()
    }
}
