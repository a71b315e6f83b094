use crate::{Random, ticket};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// The codes that the account created (protocol §2). Nothing lists or deletes them on the platform, so they stay; but
/// of temporary ones only the newest [`KEPT`] do.
#[derive(Default)]
pub(crate) struct Codes {
    by_ticket: HashMap<String, Code>,
    /// Tickets by number.
    tickets: BTreeMap<u64, String>,
    /// Of temporary codes, oldest first: the first to be forgotten.
    temporary: VecDeque<String>,
    created: u64,
    permanent: usize,
}

/// A code (带参数的二维码) as the platform keeps it.
#[derive(Clone)]
pub(crate) struct Code {
    pub(crate) ticket: String,
    /// 1 for the first code of this simulator, and so on.
    pub(crate) number: u64,
    /// What the picture says.
    pub(crate) url: String,
    pub(crate) scene: Scene,
    pub(crate) created: i64,
    pub(crate) has_picture: bool,
    pub(crate) expires: Option<i64>,
}

/// The scene value (场景值) that a code carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scene {
    /// 0 only by the silent failure of §2.5.
    Id(u32),
    Text(String),
}

/// What `qrcode/create` was asked for, after its checks.
pub(crate) struct NewCode {
    pub(crate) scene: Scene,
    pub(crate) life: Life,
    pub(crate) has_picture: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Life {
    Permanent,
    Seconds(u32),
}

impl Scene {
    /// What the pushes carry as `EventKey`: text even for integer scenes (§2.6).
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

impl Code {
    /// The `action_name` (二维码类型) that makes codes of this kind.
    pub(crate) fn action_name(&self) -> &'static str {
        match (&self.scene, self.expires) {
            (Scene::Id(_), Some(_)) => "QR_SCENE",
            (Scene::Text(_), Some(_)) => "QR_STR_SCENE",
            (Scene::Id(_), None) => "QR_LIMIT_SCENE",
            (Scene::Text(_), None) => "QR_LIMIT_STR_SCENE",
        }
    }

    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }
}

impl Codes {
    /// Each call makes another code and, when permanent, uses another place: whether the platform does the same for
    /// equal requests is unknown (§2.6), and this is the reading that forgives least.
    pub(crate) fn create(&mut self, new: NewCode, now: i64, cap: usize, random: &Random) -> Option<Code> {
        let permanent = matches!(new.life, Life::Permanent);
        if permanent && self.permanent >= cap {
            return None;
        }
        self.permanent += usize::from(permanent);
        let serial = self.created;
        self.created += 1;
        let url = ticket::url(new.life, serial, random);
        let code = Code {
            number: serial + 1,
            ticket: ticket::ticket(&url, new.life, now, random),
            url,
            scene: new.scene,
            created: now,
            has_picture: new.has_picture,
            expires: match new.life {
                Life::Permanent => None,
                Life::Seconds(seconds) => Some(now.saturating_add(i64::from(seconds))),
            },
        };
        self.keep(code.clone());
        Some(code)
    }

    fn keep(&mut self, code: Code) {
        if code.expires.is_some() {
            self.temporary.push_back(code.ticket.clone());
        }
        if self.temporary.len() > KEPT
            && let Some(oldest) = self.temporary.pop_front()
            && let Some(forgotten) = self.by_ticket.remove(&oldest)
        {
            self.tickets.remove(&forgotten.number);
        }
        self.tickets.insert(code.number, code.ticket.clone());
        self.by_ticket.insert(code.ticket.clone(), code);
    }

    /// The codes behind the one of this number, oldest first.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = &Code> {
        let tickets = self.tickets.range(number.saturating_add(1)..);
        tickets.filter_map(|(_, ticket)| self.by_ticket.get(ticket))
    }

    /// How many permanent codes there are.
    pub(crate) fn permanent(&self) -> usize {
        self.permanent
    }

    pub(crate) fn find(&self, ticket: &str) -> Option<&Code> {
        self.by_ticket.get(ticket)
    }
}

const KEPT: usize = 200_000;
