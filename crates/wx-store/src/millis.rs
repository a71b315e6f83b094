use std::time::Duration;

/// Whole milliseconds, as many as a database holds: no more than 10 000 years, so that times can be added.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX).min(LONGEST)
}

const LONGEST: i64 = 10_000 * 366 * 86_400_000;
