use super::{ArticleOrigin, MsgId};
use crate::{Fields, leaves::Leaves};

/// An article or a page that somebody shared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinkMessage {
    /// Its title.
    pub title: String,
    /// What it says about itself.
    pub description: String,
    /// Its address.
    pub url: String,
    /// The number of the message; `None` if it is no such number.
    pub msg_id: Option<MsgId>,
    /// The article it was sent from, if it was.
    pub article: Option<ArticleOrigin>,
}

impl LinkMessage {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            title: fields.text("Title"),
            description: fields.text("Description"),
            url: fields.name("Url"),
            msg_id: MsgId::read(fields),
            article: ArticleOrigin::read(fields),
        }
    }
}
