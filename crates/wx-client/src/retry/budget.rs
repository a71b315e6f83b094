use crate::clock::Moment;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// What a repeat costs; a call brings one.
const REPEAT: u64 = 10;
/// After this time one repeat comes back, however few calls there are.
const EACH: Duration = Duration::from_secs(10);

/// What may be spent on repeats by all calls together: when everything fails, about a tenth more load.
#[derive(Debug)]
pub(crate) struct Budget {
    most: u64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    balance: u64,
    /// Since when time brings something back.
    since: Duration,
}

impl Budget {
    /// A full one of so many repeats.
    pub(crate) fn of(repeats: u32) -> Self {
        let most = u64::from(repeats) * REPEAT;
        Self { most, state: Mutex::new(State { balance: most, since: Duration::ZERO }) }
    }

    /// A call begins.
    pub(crate) fn earn(&self, now: Moment) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let times = now.steady.saturating_sub(state.since).as_secs() / EACH.as_secs();
        state.since += Duration::from_secs(times.saturating_mul(EACH.as_secs()));
        let earned = times.saturating_mul(REPEAT).saturating_add(1);
        state.balance = state.balance.saturating_add(earned).min(self.most);
    }

    /// Whether a repeat can be paid for; if so, it is.
    pub(crate) fn spend(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = state.balance.checked_sub(REPEAT);
        state.balance = rest.unwrap_or(state.balance);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u64) -> Moment {
        Moment { steady: Duration::from_secs(second), unix: 0 }
    }

    #[test]
    fn a_storm_of_failures_gets_a_tenth_more_load() {
        let budget = Budget::of(10);
        let repeats = (0..10_000).filter(|_| {
            budget.earn(at(1_000));
            budget.spend()
        });
        // The reserve of 10, what the first call lets come back, and one for each ten calls.
        assert_eq!(repeats.count(), 1_009);
    }

    #[test]
    fn rare_calls_earn_by_time() {
        let budget = Budget::of(2);
        let spend = |second| {
            budget.earn(at(second));
            (0..5).filter(|_| budget.spend()).count()
        };
        assert_eq!([spend(5), spend(9), spend(10), spend(29), spend(30), spend(3_600)], [2, 0, 1, 1, 1, 2]);
    }
}
