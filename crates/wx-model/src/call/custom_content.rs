use crate::MessageMenu;
use std::collections::BTreeMap;

/// What a customer-service message (客服消息) says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomContent {
    /// A text.
    Text {
        /// The text.
        content: String,
    },
    /// A menu of answers (菜单消息).
    MsgMenu(MessageMenu),
    /// A kind that has no variant here and whose fields are texts: `image` with `media_id`, `mpnewsarticle` with
    /// `article_id`, `video`, `voice`, `music`, `mpnews`, `wxcard`, `miniprogrampage`.
    Other {
        /// The kind, which is also the name of the object with the fields.
        msgtype: String,
        /// Its fields.
        fields: BTreeMap<String, String>,
    },
}

impl CustomContent {
    /// The kind as `msgtype` says it.
    pub fn msgtype(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::MsgMenu(_) => "msgmenu",
            Self::Other { msgtype, .. } => msgtype,
        }
    }
}
