use crate::{Fields, Position, leaves::Leaves};

/// `location_select` (弹出地理位置选择器): a menu item let the person choose a place. The place comes as a message, too.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LocationSelect {
    /// The key that the menu item was made with (`EventKey`).
    pub key: String,
    /// The place; `None` if the push gives no two numbers that are one.
    pub position: Option<Position>,
    /// The scale of the map (精度): the larger, the closer.
    pub scale: Option<u32>,
    /// The address as text.
    pub label: String,
    /// The name of the spot, often empty (`Poiname`).
    pub poi_name: String,
}

impl LocationSelect {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            key: fields.name("EventKey"),
            position: Position::read(fields, "SendLocationInfo.Location_X", "SendLocationInfo.Location_Y"),
            scale: fields.number("SendLocationInfo.Scale"),
            label: fields.text("SendLocationInfo.Label"),
            poi_name: fields.text("SendLocationInfo.Poiname"),
        }
    }
}
