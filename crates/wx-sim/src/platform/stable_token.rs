use super::token_history::{OVERLAP, Standing, TokenHistory};
use crate::Random;

/// The stable token (稳定版接口调用凭据) and the rules of its two modes (protocol §1.2).
#[derive(Default)]
pub(super) struct StableToken {
    history: TokenHistory,
    last_forced: Option<i64>,
    forced_today: Today,
}

impl StableToken {
    /// Normal mode: the same token with its remaining seconds. In its last five minutes the token is replaced, and
    /// keeps working until its own end.
    pub(super) fn get(&mut self, now: i64, random: &Random) -> (String, i64) {
        self.present(now).unwrap_or_else(|| self.history.issue(now, OVERLAP, random))
    }

    /// Force mode: a new token, and the present one is dead at once. Within 30 s of the last forced refresh it
    /// gives the present token; past the twentieth of the day it gives nothing.
    pub(super) fn force(&mut self, now: i64, random: &Random) -> Option<(String, i64)> {
        if self.last_forced.is_some_and(|last| now - last < SPACING) {
            return Some(self.get(now, random));
        }
        self.forced_today.count(now).then(|| {
            self.last_forced = Some(now);
            self.history.issue(now, 0, random)
        })
    }

    pub(super) fn standing(&self, text: &str, now: i64) -> Standing {
        self.history.standing(text, now)
    }

    fn present(&self, now: i64) -> Option<(String, i64)> {
        let newest = self.history.newest()?;
        let remaining = newest.expires - now;
        (remaining > OVERLAP).then(|| (newest.text.clone(), remaining))
    }
}

/// Seconds that two forced refreshes need between them.
const SPACING: i64 = 30;
/// Forced refreshes a day.
const FORCED_A_DAY: u32 = 20;
/// The platform's day begins at midnight in Beijing (UTC+8, no summer time).
const BEIJING: i64 = 8 * 3600;

#[derive(Default)]
struct Today {
    day: i64,
    forced: u32,
}

impl Today {
    fn count(&mut self, now: i64) -> bool {
        let day = (now + BEIJING).div_euclid(86_400);
        if self.day != day {
            *self = Self { day, forced: 0 };
        }
        let allowed = self.forced < FORCED_A_DAY;
        self.forced += u32::from(allowed);
        allowed
    }
}
