use super::{
    tally::Tally,
    token_history::{OVERLAP, TokenHistory},
};
use crate::{Random, beijing};

/// The stable token (稳定版接口调用凭据) and the rules of its two modes (protocol §1.2).
pub(crate) struct StableToken {
    pub(super) history: TokenHistory,
    last_forced: Option<i64>,
    forced_today: Tally,
}

impl StableToken {
    /// Normal mode: the same token with its remaining seconds. In its last `renewal` seconds the token is replaced,
    /// and keeps working for five minutes or until its own end.
    pub(crate) fn get(&mut self, now: i64, renewal: i64, random: &Random) -> (String, i64) {
        self.present(now, renewal).unwrap_or_else(|| self.history.issue(now, OVERLAP, random))
    }

    /// Force mode: a new token, and the present one is dead at once. Within 30 s of the last forced refresh it
    /// gives the present token; past the twentieth of the day it gives nothing.
    pub(crate) fn force(&mut self, now: i64, renewal: i64, random: &Random) -> Option<(String, i64)> {
        if self.last_forced.is_some_and(|last| now.saturating_sub(last) < SPACING) {
            return Some(self.get(now, renewal, random));
        }
        let forced = self.forced_today.during(beijing::day(now));
        if *forced >= FORCED_A_DAY {
            return None;
        }
        *forced += 1;
        self.last_forced = Some(now);
        Some(self.history.issue(now, 0, random))
    }

    fn present(&self, now: i64, renewal: i64) -> Option<(String, i64)> {
        let newest = self.history.newest()?;
        let remaining = newest.expires.saturating_sub(now);
        (remaining > renewal).then(|| (newest.text.clone(), remaining))
    }
}

impl Default for StableToken {
    fn default() -> Self {
        Self { history: TokenHistory::new("stable"), last_forced: None, forced_today: Tally::default() }
    }
}

/// Seconds that two forced refreshes need between them.
const SPACING: i64 = 30;
/// Forced refreshes a day.
const FORCED_A_DAY: u32 = 20;
