use crate::{Fields, leaves::Leaves};

/// `poi_check_notify` (门店审核): a shop (门店) of the account was reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PoiCheckNotify {
    /// The owner's own id of the shop (商户门店 id, `UniqId`).
    pub uniq_id: Option<String>,
    /// The platform's id of the shop (`PoiId`).
    pub poi_id: Option<String>,
    /// The outcome: `succ`, or the platform's word for another one.
    pub result: String,
    /// What the platform says about it (`Msg`, also seen as `msg`), often empty.
    pub message: String,
}

impl PoiCheckNotify {
    pub(super) fn read(fields: &Fields) -> Self {
        let message = if fields.exact("Msg").is_some() { "Msg" } else { "msg" };
        Self {
            uniq_id: fields.id("UniqId"),
            poi_id: fields.id("PoiId"),
            result: fields.name("Result"),
            message: fields.text(message),
        }
    }
}
