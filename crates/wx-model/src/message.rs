use crate::{Fields, UnknownPush};

/// Something a person sent (接收普通消息, protocol §7.4).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    /// Text, raw as typed; WeChat's own emoticons come as `[微笑]`.
    Text(TextMessage),
    /// Any other kind; its fields stay readable through [`Push::field`](crate::Push::field).
    Unknown(UnknownPush),
}

impl Message {
    pub(crate) fn read(msg_type: &str, fields: &Fields) -> Self {
        if msg_type.eq_ignore_ascii_case("text") {
            Self::Text(TextMessage { content: fields.get("Content").unwrap_or_default().to_owned() })
        } else {
            Self::Unknown(UnknownPush::new(msg_type))
        }
    }
}

/// A text message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextMessage {
    /// What was typed, blanks included.
    pub content: String,
}
