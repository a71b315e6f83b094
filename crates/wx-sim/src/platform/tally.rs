/// A count that begins anew with each period, such as a day or a minute.
#[derive(Default)]
pub(super) struct Tally {
    period: i64,
    count: u32,
}

impl Tally {
    /// The count of this period.
    pub(super) fn during(&mut self, period: i64) -> &mut u32 {
        if self.period != period {
            *self = Self { period, count: 0 };
        }
        &mut self.count
    }
}

/// The number of the platform's day, which begins at midnight in Beijing (UTC+8, no summer time).
pub(super) fn day(now: i64) -> i64 {
    (now + BEIJING).div_euclid(86_400)
}

pub(super) fn minute(now: i64) -> i64 {
    now.div_euclid(60)
}

const BEIJING: i64 = 8 * 3600;
