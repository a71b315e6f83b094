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

    /// The count of this period, to be read.
    pub(super) fn so_far(&self, period: i64) -> u32 {
        if self.period == period { self.count } else { 0 }
    }
}
