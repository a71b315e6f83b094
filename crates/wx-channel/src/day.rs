use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A calendar day in Beijing time (UTC+8, no daylight saving), which is how the platform and its users count.
///
/// Days reach from -9999-01-01 to 9999-12-31. A time beyond them counts on the first or last of them, so every
/// `CreateTime` that a push may claim has a day.
///
/// ```
/// use wx_channel::Day;
///
/// assert_eq!(Day::from_unix_seconds(1_767_196_800).to_string(), "2026-01-01"); // 16:00 UTC the day before
/// assert_eq!("2026-01-01".parse::<Day>()?.number(), 20_454);
/// assert_eq!(Day::from_unix_seconds(i64::MAX), Day::MAX);
/// # Ok::<(), wx_channel::InvalidDay>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

const EPOCH: Date = date(1970, 1, 1);
const BEIJING_OFFSET: i64 = 8 * 3600;
const SECONDS: i64 = 86_400;

impl Day {
    /// -9999-01-01.
    pub const MIN: Self = Self(-4_371_587);
    /// 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The day of a time in seconds since 1970, UTC.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::from_number(seconds.saturating_add(BEIJING_OFFSET).div_euclid(SECONDS))
    }

    /// The day with that number of days since 1970-01-01, or the nearest that there is.
    pub fn from_number(number: i64) -> Self {
        let nearest = number.clamp(Self::MIN.0.into(), Self::MAX.0.into());
        Self(i32::try_from(nearest).unwrap_or(Self::MAX.0))
    }

    /// Days since 1970-01-01; this is what a database stores.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The first second of the day: seconds since 1970, UTC.
    pub fn start(self) -> i64 {
        i64::from(self.0) * SECONDS - BEIJING_OFFSET
    }
}

/// As `2026-01-31`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        EPOCH.saturating_add(jiff::Span::new().days(self.0)).fmt(f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

/// Reads `2026-01-31` and nothing else that means a date: exactly what [`Display`](fmt::Display) writes.
impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        let date: Date = text.parse().map_err(|_| InvalidDay(()))?;
        let day = Self((date - EPOCH).get_days());
        if day.to_string() == text { Ok(day) } else { Err(InvalidDay(())) }
    }
}

impl TryFrom<String> for Day {
    type Error = InvalidDay;

    fn try_from(text: String) -> Result<Self, InvalidDay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// A text that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDay(());

impl fmt::Display for InvalidDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day is a date of the calendar, written as 2026-01-31")
    }
}

impl std::error::Error for InvalidDay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_16_00_utc() {
        for (seconds, day) in [
            (1_767_196_799, "2025-12-31"),
            (1_767_196_800, "2026-01-01"),
            (1_767_283_199, "2026-01-01"),
            (1_767_283_200, "2026-01-02"),
            (1_709_135_999, "2024-02-28"),
            (1_709_136_000, "2024-02-29"),
            (1_709_222_400, "2024-03-01"),
            (-28_801, "1969-12-31"),
            (-28_800, "1970-01-01"),
            (0, "1970-01-01"),
            (1 << 31, "2038-01-19"),
        ] {
            assert_eq!(Day::from_unix_seconds(seconds).to_string(), day, "{seconds}");
            assert_eq!(day.parse(), Ok(Day::from_unix_seconds(seconds)));
        }
        assert_eq!("2026-01-01".parse::<Day>().unwrap().start(), 1_767_196_800);
    }

    #[test]
    fn every_time_has_a_day_that_can_be_printed_and_read() {
        for seconds in [i64::MIN, i64::MIN + 1, -(1 << 62), -1, 0, 1 << 40, i64::MAX - 1, i64::MAX] {
            let day = Day::from_unix_seconds(seconds);
            assert_eq!(day.to_string().parse(), Ok(day));
            assert_eq!(Day::from_number(day.number().into()), day);
        }
        assert_eq!(
            (Day::MIN.to_string(), Day::MAX.to_string()),
            ("-009999-01-01".into(), "9999-12-31".into())
        );
        assert_eq!((Day::from_unix_seconds(i64::MIN), Day::from_number(i64::MIN)), (Day::MIN, Day::MIN));
    }

    #[test]
    fn other_texts_are_no_day() {
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-1-1",
            "yesterday",
            "2026-01-01Z",
            "20260101",
            "2026-01-01T10:00:00",
            "2026-01-01 10:00",
            "2026-01-01[Asia/Shanghai]",
            "+002026-01-01",
            " 2026-01-01",
            "-9999-01-01",
        ] {
            assert_eq!(text.parse::<Day>(), Err(InvalidDay(())), "{text}");
        }
    }
}
