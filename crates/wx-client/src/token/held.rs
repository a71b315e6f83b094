use super::source::TokenGrant;
use crate::{clock::Moment, random::Roll};
use std::time::Duration;
use wx_model::AccessToken;

/// So long before the end a new token is looked for in the background; between these two, so that many processes do
/// not ask at once.
const ADVISORY: [Duration; 2] = [Duration::from_mins(8), Duration::from_mins(10)];
/// With less left, calls wait for a new token.
const MANDATORY: Duration = Duration::from_mins(1);
/// About five minutes before the end of a stable token the platform makes its successor (protocol §1.2). Who asks earlier
/// is given the same token, and asks again between these two before its end.
const SUCCESSOR: [Duration; 2] = [Duration::from_mins(4), Duration::from_mins(5)];
/// Between two refreshes that nothing but time asks for: the platform may give the same ending token many times.
pub(super) const REST: Duration = Duration::from_secs(30);
/// What lives shorter is no answer to be counted with.
const SHORTEST: Duration = Duration::from_secs(5);
/// When the calendar clock runs ahead of the steady one by more, the machine has slept: the steady clock may have stood
/// still, and the token may have ended meanwhile. A clock that is corrected by minutes is none of this.
const SLEPT: Duration = Duration::from_mins(15);

/// The token in use, and when another one is wanted. Its age is measured by the steady clock.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) token: AccessToken,
    since: Moment,
    life: Duration,
    /// Its age from which on a new one is looked for in the background.
    due: Duration,
    /// Its age until which there is no better one to be had, however little of its life is left.
    rests: Duration,
}

/// The age at which a token is to be replaced. `is_same`: it is the one that was there before.
pub(super) fn due_after(life: Duration, is_same: bool, roll: Roll) -> Duration {
    let [latest, earliest] = if is_same { SUCCESSOR } else { ADVISORY };
    life.saturating_sub(roll.between(latest, earliest)).max(REST)
}

/// How much a new token is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Nothing,
    /// In the background.
    Soon,
    /// Calls wait for it.
    Now,
}

impl Held {
    /// `before` is the token that this one replaces.
    pub(super) fn new(grant: TokenGrant, before: Option<&AccessToken>, now: Moment, roll: Roll) -> Self {
        let TokenGrant { token, expires_in: life, look_again, .. } = grant;
        let is_same = before == Some(&token);
        let rests = if is_same || life < SHORTEST { REST } else { REST.min(life) };
        let due = due_after(life, is_same, roll);
        let due = look_again.map_or(due, |pause| due.min(pause.max(REST)));
        Self { token, since: now, life, due, rests }
    }

    pub(super) fn want(&self, now: Moment) -> Want {
        let age = now.since(self.since);
        if age < self.rests {
            Want::Nothing
        } else if self.left(now) < MANDATORY || self.slept(now) {
            Want::Now
        } else if age >= self.due {
            Want::Soon
        } else {
            Want::Nothing
        }
    }

    pub(super) fn left(&self, now: Moment) -> Duration {
        self.life.saturating_sub(now.since(self.since))
    }

    pub(super) fn is_alive(&self, now: Moment) -> bool {
        !self.left(now).is_zero()
    }

    fn slept(&self, now: Moment) -> bool {
        now.wall_since(self.since).saturating_sub(now.since(self.since)) > SLEPT
    }
}
