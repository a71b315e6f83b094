use crate::{Event, OpenId, Push, SceneValue, Ticket};

/// Somebody scanned a code with parameters: the common view of `subscribe` with a scene and of `SCAN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SceneScan<'a> {
    /// Who scanned.
    pub openid: &'a OpenId,
    /// The scene of the code.
    pub scene: &'a SceneValue,
    /// The ticket of the code.
    pub ticket: Option<&'a Ticket>,
    /// When: seconds since 1970, UTC.
    pub time: i64,
    new_follower: bool,
}

impl<'a> SceneScan<'a> {
    pub(crate) fn of(push: &'a Push) -> Option<Self> {
        let (key, ticket, new_follower) = match push.event()? {
            Event::Subscribe(subscribe) => (&subscribe.key, &subscribe.ticket, true),
            Event::Scan(scan) => (&scan.key, &scan.ticket, false),
            _ => return None,
        };
        Some(Self {
            openid: &push.from_user,
            scene: key.scene()?,
            ticket: ticket.as_ref(),
            time: push.create_time,
            new_follower,
        })
    }

    /// Whether the person followed the account through this scan; otherwise they followed it before.
    pub fn is_new_follower(&self) -> bool {
        self.new_follower
    }
}
