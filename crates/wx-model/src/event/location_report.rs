use crate::{Fields, Position, leaves::Leaves};

/// `LOCATION` (上报地理位置, protocol §7.2): where a follower is. Comes when the person enters the chat, or every 5 s
/// while they are in it, as the console is set, and only from those who allowed it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LocationReport {
    /// The place; `None` if the push gives no two numbers that are one.
    pub position: Option<Position>,
    /// How exact the place is (地理位置精度). The platform names no unit; phones report metres.
    pub precision: Option<f64>,
}

impl LocationReport {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            position: Position::read(fields, "Latitude", "Longitude"),
            precision: fields.decimal("Precision"),
        }
    }
}
