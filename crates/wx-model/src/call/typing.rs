use crate::OpenId;
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/message/custom/typing` (客服输入状态, protocol §10.4): shows the user that somebody writes.
/// Refused with 45072, 45080 or 45081 when that may not be shown now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TypingRequest {
    /// Who sees it.
    pub touser: OpenId,
    /// Begin or end.
    pub command: TypingCommand,
}

impl TypingRequest {
    /// Shows it to that person, or ends it.
    pub fn new(touser: impl Into<OpenId>, command: TypingCommand) -> Self {
        Self { touser: touser.into(), command }
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TypingCommand {
    /// Somebody writes.
    Typing,
    /// Nobody writes any more.
    CancelTyping,
}
