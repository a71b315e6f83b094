use crate::{Fields, leaves::Leaves};

/// `debug_demo`: the platform's message-push debugger (消息推送调试工具) tries the callback. It waits for an answer
/// (protocol §6.6).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DebugDemo {
    /// What was entered there (`debug_str`).
    pub debug_str: String,
}

impl DebugDemo {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { debug_str: fields.text("debug_str") }
    }
}
