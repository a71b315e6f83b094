use super::{ArticleOrigin, MsgId};
use crate::{Fields, leaves::Leaves};

/// A text message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextMessage {
    /// What was typed, blanks included.
    pub content: String,
    /// The id of the answer that was tapped in a [`MessageMenu`](crate::MessageMenu) (`bizmsgmenuid`), if it was not
    /// typed.
    pub menu_item_id: Option<String>,
    /// The number of the message; `None` if it is no such number.
    pub msg_id: Option<MsgId>,
    /// The article it was sent from, if it was.
    pub article: Option<ArticleOrigin>,
}

impl TextMessage {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            content: fields.text("Content"),
            menu_item_id: fields.id("bizmsgmenuid"),
            msg_id: MsgId::read(fields),
            article: ArticleOrigin::read(fields),
        }
    }
}
