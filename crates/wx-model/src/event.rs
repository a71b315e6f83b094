use crate::{Fields, SceneKey, Ticket, UnknownPush};

/// Something a person or the platform did (事件推送, `MsgType` = `event`, protocol §7).
///
/// Names match without regard to case. An event that is not modelled is [`Event::Unknown`]; all its fields stay
/// readable through [`Push::field`](crate::Push::field).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Somebody follows the account (关注).
    Subscribe(Subscribe),
    /// Somebody stops following (取消关注).
    Unsubscribe(Unsubscribe),
    /// A follower scans a code with parameters (已关注扫码).
    Scan(Scan),
    /// Any other event.
    Unknown(UnknownPush),
}

impl Event {
    pub(crate) fn read(name: &str, fields: &Fields) -> Self {
        let key = fields.get("EventKey");
        if name.eq_ignore_ascii_case("subscribe") {
            Self::Subscribe(Subscribe { key: SceneKey::of_subscribe(key), ticket: ticket(fields) })
        } else if name.eq_ignore_ascii_case("scan") {
            Self::Scan(Scan { key: SceneKey::of_scan(key), ticket: ticket(fields) })
        } else if name.eq_ignore_ascii_case("unsubscribe") {
            Self::Unsubscribe(Unsubscribe {})
        } else {
            Self::Unknown(UnknownPush::new(name))
        }
    }
}

/// A new follower, with or without a code (protocol §7.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subscribe {
    /// Where the follower came from.
    pub key: SceneKey,
    /// The ticket of the code, if there was one.
    pub ticket: Option<Ticket>,
}

/// A follower who left. Delete what you know of the person unless you may keep it; no reply is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsubscribe {}

/// A follower who scanned a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scan {
    /// The scene of the code.
    pub key: SceneKey,
    /// The ticket of the code.
    pub ticket: Option<Ticket>,
}

fn ticket(fields: &Fields) -> Option<Ticket> {
    fields.trimmed("Ticket").filter(|text| !text.is_empty()).map(Ticket::from)
}
