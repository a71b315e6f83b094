use crate::{Fields, SceneKey, Ticket, leaves::Leaves};

/// `subscribe`: a new follower, with or without a code (protocol §7.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subscribe {
    /// Where the follower came from.
    pub key: SceneKey,
    /// The ticket of the code, if there was one.
    pub ticket: Option<Ticket>,
}

impl Subscribe {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { key: SceneKey::of_subscribe(fields.get("EventKey")), ticket: fields.id("Ticket") }
    }
}

/// `unsubscribe`: a follower who left. Delete what you know of the person unless you may keep it; no reply is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsubscribe {
    /// Usually [`SceneKey::Organic`]; a [`SceneKey::Payment`] was seen. It says nothing about why they left.
    pub key: SceneKey,
}

impl Unsubscribe {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { key: SceneKey::of_subscribe(fields.get("EventKey")) }
    }
}

/// `SCAN`: a follower who scanned a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scan {
    /// The scene of the code.
    pub key: SceneKey,
    /// The ticket of the code.
    pub ticket: Option<Ticket>,
}

impl Scan {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { key: SceneKey::of_scan(fields.get("EventKey")), ticket: fields.id("Ticket") }
    }
}
