use super::{ArticleOrigin, MsgId};
use crate::{Fields, Position, leaves::Leaves};

/// A place that somebody sent.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LocationMessage {
    /// The place; `None` if the push gives no two numbers that are one.
    pub position: Option<Position>,
    /// The scale of the map (地图缩放大小): the larger, the closer.
    pub scale: Option<u32>,
    /// The address as text.
    pub label: String,
    /// The number of the message; `None` if it is no such number.
    pub msg_id: Option<MsgId>,
    /// The article it was sent from, if it was.
    pub article: Option<ArticleOrigin>,
}

impl LocationMessage {
    /// `Location_X` is the latitude (protocol §7.4).
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            position: Position::read(fields, "Location_X", "Location_Y"),
            scale: fields.number("Scale"),
            label: fields.text("Label"),
            msg_id: MsgId::read(fields),
            article: ArticleOrigin::read(fields),
        }
    }
}
