use super::tally::{Tally, day, minute};
use crate::limits::Limit;
use std::collections::HashMap;

/// The calls of this day and this minute, by path (protocol §2.7, §5.5).
#[derive(Default)]
pub(super) struct Quota(HashMap<String, Spent>);

#[derive(Default)]
struct Spent {
    today: Tally,
    this_minute: Tally,
}

/// Which limit of a call is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exhausted {
    /// Until midnight in Beijing: 45009.
    Day,
    /// Until the next minute of the clock: 45011.
    Minute,
}

impl Quota {
    /// Counts a call, unless a limit is used up already.
    pub(super) fn spend(&mut self, path: &str, limit: Limit, now: i64) -> Result<(), Exhausted> {
        let spent = self.0.entry(path.to_owned()).or_default();
        let today = spent.today.during(day(now));
        let this_minute = spent.this_minute.during(minute(now));
        if *today >= limit.a_day {
            return Err(Exhausted::Day);
        }
        if limit.a_minute.is_some_and(|most| *this_minute >= most) {
            return Err(Exhausted::Minute);
        }
        *today += 1;
        *this_minute += 1;
        Ok(())
    }
}
