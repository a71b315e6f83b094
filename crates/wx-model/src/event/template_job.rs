use crate::{Fields, leaves::Leaves};

/// `TEMPLATESENDJOBFINISH` (模板消息发送结束): what became of a template message (模板消息).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateSendJobFinish {
    /// The number that the sending call answered (`MsgID`); it leads to the person who was written to.
    pub msg_id: Option<u64>,
    /// How it ended.
    pub status: TemplateSendStatus,
}

/// How the sending of a template message ended (`Status`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TemplateSendStatus {
    /// `success`: it arrived.
    Success,
    /// `failed:user block`: the person blocks messages of the account (用户拒收).
    UserBlock,
    /// `failed: system failed`: the platform could not.
    SystemFailed,
    /// Another status, as it came; empty if there was none.
    Other(String),
}

impl TemplateSendJobFinish {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { msg_id: fields.number("MsgID"), status: fields.word("Status").unwrap_or_default().into() }
    }
}

/// Reads a status of either letter case, with or without blanks at the colon.
impl From<&str> for TemplateSendStatus {
    fn from(status: &str) -> Self {
        let (outcome, reason) = status.split_once(':').unwrap_or((status, ""));
        match (&*lower(outcome), &*lower(reason)) {
            ("success", "") => Self::Success,
            ("failed", "user block") => Self::UserBlock,
            ("failed", "system failed") => Self::SystemFailed,
            _ => Self::Other(status.to_owned()),
        }
    }
}

fn lower(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_at_the_colon_do_not_count() {
        for (texts, status) in [
            (["success", "Success", "SUCCESS"], TemplateSendStatus::Success),
            (
                ["failed:user block", "failed: user block", "Failed :User Block"],
                TemplateSendStatus::UserBlock,
            ),
            (
                ["failed: system failed", "failed:system failed", "failed:  system failed"],
                TemplateSendStatus::SystemFailed,
            ),
        ] {
            for text in texts {
                assert_eq!(TemplateSendStatus::from(text), status, "{text}");
            }
        }
        for text in ["", "failed", "failed:", "failed: quota", "success: no", "user block"] {
            assert_eq!(TemplateSendStatus::from(text), TemplateSendStatus::Other(text.to_owned()));
        }
    }
}
