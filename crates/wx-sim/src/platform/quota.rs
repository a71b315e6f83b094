use super::tally::Tally;
use crate::{beijing, limits::Limit};
use std::collections::HashMap;

/// The calls of this day and this minute, by path (protocol §2.7, §5.5), and how often they were cleared this month
/// (§5.4).
#[derive(Default)]
pub(crate) struct Quota {
    spent: HashMap<&'static str, Spent>,
    cleared_all: Tally,
    cleared_one: Tally,
}

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
    pub(crate) fn spend(&mut self, path: &'static str, limit: Limit, now: i64) -> Result<(), Exhausted> {
        let spent = self.spent.entry(path).or_default();
        let today = spent.today.during(beijing::day(now));
        let this_minute = spent.this_minute.during(now.div_euclid(60));
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

    /// How many calls of a path were counted today.
    pub(crate) fn used(&self, path: &str, now: i64) -> u32 {
        self.spent.get(path).map_or(0, |spent| spent.today.so_far(beijing::day(now)))
    }

    /// Begins the day of every call anew, or says that this month's ten times are used up.
    pub(crate) fn clear_all(&mut self, now: i64) -> bool {
        let granted = once_more(self.cleared_all.during(beijing::month(now)), CLEAR_ALL_A_MONTH);
        if granted {
            self.spent.values_mut().for_each(|spent| spent.today = Tally::default());
        }
        granted
    }

    /// Begins the day of one call anew, or says that this month's fifty times are used up.
    pub(crate) fn clear_one(&mut self, path: &str, now: i64) -> bool {
        let granted = once_more(self.cleared_one.during(beijing::month(now)), CLEAR_ONE_A_MONTH);
        if let Some(spent) = self.spent.get_mut(path).filter(|_| granted) {
            spent.today = Tally::default();
        }
        granted
    }
}

fn once_more(count: &mut u32, most: u32) -> bool {
    let granted = *count < most;
    *count += u32::from(granted);
    granted
}

const CLEAR_ALL_A_MONTH: u32 = 10;
const CLEAR_ONE_A_MONTH: u32 = 50;
