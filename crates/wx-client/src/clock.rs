use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// The two times that rules need: one that only goes on, for ages and pauses, and one that people share, for days.
#[derive(Clone)]
pub(crate) struct Clock {
    steady: Arc<dyn Fn() -> Duration + Send + Sync>,
    wall: Arc<dyn Fn() -> i64 + Send + Sync>,
}

/// One reading of the [`Clock`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Moment {
    /// Since some fixed moment; never goes back, and on some systems stands still while the machine sleeps.
    pub(crate) steady: Duration,
    /// Seconds since 1970-01-01 UTC; may be set forward and back.
    pub(crate) unix: i64,
}

impl Clock {
    /// The clocks of the system. Steps of the calendar clock do not touch the steady one.
    #[expect(clippy::disallowed_methods, reason = "the one place where the client meets the system's clock")]
    pub(crate) fn system() -> Self {
        let start = std::time::Instant::now();
        let wall = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self {
            steady: Arc::new(move || start.elapsed()),
            wall: Arc::new(move || i64::try_from(wall()).unwrap_or(i64::MAX)),
        }
    }

    pub(crate) fn with_steady(self, now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { steady: Arc::new(now), ..self }
    }

    pub(crate) fn with_wall(self, unix: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { wall: Arc::new(unix), ..self }
    }

    pub(crate) fn now(&self) -> Moment {
        Moment { steady: (self.steady)(), unix: (self.wall)() }
    }
}

impl Moment {
    /// What has passed since then on the steady clock.
    pub(crate) fn since(self, then: Self) -> Duration {
        self.steady.saturating_sub(then.steady)
    }

    /// What the calendar clock says has passed since then; nothing if it was set back.
    pub(crate) fn wall_since(self, then: Self) -> Duration {
        Duration::from_secs(u64::try_from(self.unix.saturating_sub(then.unix)).unwrap_or(0))
    }

    /// The number of the platform's day, which begins at midnight in Beijing (UTC+8, no summer time).
    pub(crate) fn beijing_day(self) -> i64 {
        self.unix.saturating_add(BEIJING).div_euclid(DAY)
    }

    /// What is left of the platform's day.
    pub(crate) fn until_beijing_midnight(self) -> Duration {
        let gone = self.unix.saturating_add(BEIJING).rem_euclid(DAY);
        Duration::from_secs((DAY - gone).unsigned_abs())
    }
}

const BEIJING: i64 = 8 * 3600;
const DAY: i64 = 86_400;

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01 00:00:00 in Beijing.
    const NEW_YEAR: i64 = 1_767_196_800;

    fn at(unix: i64) -> Moment {
        Moment { unix, ..Moment::default() }
    }

    #[test]
    fn a_day_begins_at_midnight_in_beijing() {
        let day = at(NEW_YEAR).beijing_day();
        assert_eq!([at(NEW_YEAR - 1).beijing_day(), at(NEW_YEAR + 86_399).beijing_day()], [day - 1, day]);
        assert_eq!(at(NEW_YEAR - 1).until_beijing_midnight(), Duration::from_secs(1));
        assert_eq!(at(NEW_YEAR).until_beijing_midnight(), Duration::from_hours(24));
        assert_eq!(at(-1).beijing_day(), 0);
    }

    #[test]
    fn a_clock_that_was_set_back_counts_nothing() {
        assert_eq!(at(50).wall_since(at(100)), Duration::ZERO);
        assert_eq!(at(i64::MIN).wall_since(at(i64::MAX)), Duration::ZERO);
        assert_eq!(at(160).wall_since(at(100)), Duration::from_mins(1));
    }
}
