use crate::Ticket;
use serde::{Deserialize, Serialize};

/// The answer to `qrcode/create` (protocol §2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateResponse {
    /// Key to the picture; also stands in every push about the code.
    pub ticket: Ticket,
    /// The lifetime in seconds that the platform confirms; absent for permanent codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_seconds: Option<u32>,
    /// What the picture says, `http://weixin.qq.com/q/…`: draw your own picture from exactly this text.
    /// Absent only in records from before August 2014.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl CreateResponse {
    /// An answer with a ticket and nothing else.
    pub fn new(ticket: impl Into<Ticket>) -> Self {
        Self { ticket: ticket.into(), expire_seconds: None, url: None }
    }
}
