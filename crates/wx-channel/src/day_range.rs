use crate::Day;
use serde::Serialize;

/// From one day to another, both included; either end may be open.
///
/// Not `#[non_exhaustive]`: a range has two ends and nothing else.
///
/// ```
/// use wx_channel::{Day, DayRange};
///
/// let january = DayRange::new("2026-01-01".parse::<Day>()?, "2026-01-31".parse::<Day>()?);
/// assert!(january.contains("2026-01-31".parse()?));
/// assert!(DayRange::ALL.contains(Day::MIN));
/// # Ok::<(), wx_channel::InvalidDay>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct DayRange {
    /// The first day; `None` is the beginning of all records.
    pub from: Option<Day>,
    /// The last day; `None` is the end of all records.
    pub to: Option<Day>,
}

impl DayRange {
    /// Every day.
    pub const ALL: Self = Self { from: None, to: None };

    /// From and to, both included. A range that ends before it begins holds no day.
    pub fn new(from: impl Into<Option<Day>>, to: impl Into<Option<Day>>) -> Self {
        Self { from: from.into(), to: to.into() }
    }

    /// One day.
    pub fn day(day: Day) -> Self {
        Self::new(day, day)
    }

    /// Whether the day lies in the range.
    pub fn contains(&self, day: Day) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// The first day, [`Day::MIN`] if open.
    pub fn first(&self) -> Day {
        self.from.unwrap_or(Day::MIN)
    }

    /// The last day, [`Day::MAX`] if open.
    pub fn last(&self) -> Day {
        self.to.unwrap_or(Day::MAX)
    }
}
