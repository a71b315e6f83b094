use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/callback/check` (网络通信检测, protocol §5.3): can the platform reach the callback?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CallbackCheckRequest {
    /// What to check.
    pub action: CheckAction,
    /// From which network.
    pub check_operator: CheckOperator,
}

impl CallbackCheckRequest {
    /// Checks that, from that network.
    pub fn new(action: CheckAction, check_operator: CheckOperator) -> Self {
        Self { action, check_operator }
    }
}

/// What `callback/check` checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CheckAction {
    /// That the name of the callback resolves.
    Dns,
    /// That its addresses answer.
    Ping,
    /// Both.
    All,
}

/// The network from which `callback/check` looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum CheckOperator {
    /// China Telecom (电信).
    ChinaNet,
    /// China Unicom (联通).
    Unicom,
    /// The platform's own (腾讯自建).
    Cap,
    /// Chosen by the address of the callback.
    Default,
}

/// The answer to `callback/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CallbackCheckResponse {
    /// One row per address of the name; empty when only the ping was asked for.
    #[serde(default)]
    pub dns: Vec<DnsCheck>,
    /// One row per address; empty when only the name was asked for.
    #[serde(default)]
    pub ping: Vec<PingCheck>,
}

/// An address of the callback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DnsCheck {
    /// The address.
    pub ip: String,
    /// The network it is in, as the platform names it.
    #[serde(default)]
    pub real_operator: String,
}

/// How an address of the callback answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PingCheck {
    /// The address.
    pub ip: String,
    /// The network from which it was asked.
    #[serde(default)]
    pub from_operator: String,
    /// Lost packets as a text, `0%`.
    #[serde(default)]
    pub package_loss: String,
    /// The time to the answer as a text, `23.079ms`.
    #[serde(default)]
    pub time: String,
}
