use crate::{Random, ticket};
use std::collections::HashMap;

/// Every code the account ever created, by ticket (protocol §2). Nothing lists or deletes them on the platform
/// either, so they stay until the simulator ends.
#[derive(Default)]
pub(super) struct Codes {
    by_ticket: HashMap<String, Code>,
    permanent: usize,
}

/// A code (带参数的二维码) as the platform keeps it.
#[derive(Clone)]
pub(crate) struct Code {
    pub(crate) ticket: String,
    /// What the picture says.
    pub(crate) url: String,
    /// What the pushes carry as `EventKey`: text even for integer scenes.
    pub(crate) scene: String,
    pub(super) has_picture: bool,
    expires: Option<i64>,
}

/// What `qrcode/create` was asked for, after its checks.
pub(crate) struct NewCode {
    pub(crate) scene: String,
    pub(crate) life: Life,
    pub(crate) has_picture: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Life {
    Permanent,
    Seconds(u32),
}

impl Code {
    pub(super) fn is_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }
}

impl Codes {
    /// Each call makes another code and, when permanent, uses another place: whether the platform does the same for
    /// equal requests is unknown (§2.6), and this is the reading that forgives least.
    pub(super) fn create(&mut self, new: NewCode, now: i64, cap: usize, random: &Random) -> Option<Code> {
        let permanent = matches!(new.life, Life::Permanent);
        if permanent && self.permanent >= cap {
            return None;
        }
        self.permanent += usize::from(permanent);
        let serial = self.by_ticket.len() as u64;
        let url = ticket::url(new.life, serial, random);
        let code = Code {
            ticket: ticket::ticket(&url, new.life, now, random),
            url,
            scene: new.scene,
            has_picture: new.has_picture,
            expires: match new.life {
                Life::Permanent => None,
                Life::Seconds(seconds) => Some(now + i64::from(seconds)),
            },
        };
        self.by_ticket.insert(code.ticket.clone(), code.clone());
        Some(code)
    }

    pub(super) fn find(&self, ticket: &str) -> Option<&Code> {
        self.by_ticket.get(ticket)
    }
}
