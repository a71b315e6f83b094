use crate::clock::Moment;
use std::time::Duration;

/// How many refreshes may follow each other without a pause…
const BURST: u32 = 10;
/// …and how long until another one is allowed: 1440 a day, of the 2000 classic tokens that the platform gives.
const EACH: Duration = Duration::from_mins(1);

/// What may be spent on refreshes, whatever asks for them: a breaker that nothing can hold closed.
#[derive(Debug, Default)]
pub(super) struct Budget {
    /// Each refresh adds a minute; what lies in the past is paid.
    paid_at: Duration,
}

impl Budget {
    pub(super) fn has_some(&self, now: Moment) -> bool {
        self.paid_at <= now.steady.saturating_add(EACH * (BURST - 1))
    }

    pub(super) fn spend(&mut self, now: Moment) {
        self.paid_at = self.paid_at.max(now.steady).saturating_add(EACH);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_at_once_then_one_a_minute() {
        let mut budget = Budget::default();
        let mut spend = |second| {
            let now = Moment { steady: Duration::from_secs(second), unix: 0 };
            let may = budget.has_some(now);
            if may {
                budget.spend(now);
            }
            may
        };
        assert_eq!((0..50).filter(|_| spend(1_000_000)).count(), 10);
        assert_eq!((0..50).filter(|_| spend(1_000_059)).count(), 0);
        assert_eq!((0..50).filter(|_| spend(1_000_060)).count(), 1);
        assert_eq!((1_000_061..1_000_061 + 86_400).filter(|second| spend(*second)).count(), 1440);
        assert_eq!((0..50).filter(|_| spend(2_000_000)).count(), 10);
    }
}
