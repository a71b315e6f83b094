use super::{
    tally::{Tally, day},
    token_history::{OVERLAP, Standing, TokenHistory},
};
use crate::Random;

/// The stable token (稳定版接口调用凭据) and the rules of its two modes (protocol §1.2).
#[derive(Default)]
pub(super) struct StableToken {
    history: TokenHistory,
    last_forced: Option<i64>,
    forced_today: Tally,
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
        let forced = self.forced_today.during(day(now));
        if *forced >= FORCED_A_DAY {
            return None;
        }
        *forced += 1;
        self.last_forced = Some(now);
        Some(self.history.issue(now, 0, random))
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
