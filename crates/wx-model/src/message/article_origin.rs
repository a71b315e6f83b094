use crate::leaves::Leaves;

/// The article (图文) from which a message was sent (protocol §7.4).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArticleOrigin {
    /// The message that the article stands in (`MsgDataId`), such as `2247483999_1`.
    pub msg_data_id: String,
    /// Which of the articles of that message it is (`Idx`), numbered from 1.
    pub index: Option<u32>,
}

impl ArticleOrigin {
    pub(super) fn read(fields: &impl Leaves) -> Option<Self> {
        Some(Self { msg_data_id: fields.id("MsgDataId")?, index: fields.number("Idx") })
    }
}
