//! The platform's days and months: they begin at midnight in Beijing (UTC+8, no summer time; protocol §2.7, §13 no. 20).

/// The number of the day, counted from 1970-01-01.
pub(crate) fn day(now: i64) -> i64 {
    now.saturating_add(BEIJING).div_euclid(86_400)
}

/// The second of the day.
pub(crate) fn second_of_day(now: i64) -> i64 {
    now.saturating_add(BEIJING).rem_euclid(86_400)
}

/// The number of the month, counted from January of the year 0.
pub(crate) fn month(now: i64) -> i64 {
    let (year, month, _) = civil(day(now));
    year * 12 + month - 1
}

/// `2026-01-01`.
pub(crate) fn date(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The number of the day of a text such as `2026-01-01`, if there is such a day.
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    let [year, month, of_month] = <[&str; 3]>::try_from(text.split('-').collect::<Vec<_>>()).ok()?;
    let number = |text: &str, digits: usize| {
        let good = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        good.then(|| text.parse::<i64>().ok()).flatten()
    };
    let day = number_of_day(number(year, 4)?, number(month, 2)?, number(of_month, 2)?);
    (date(day) == text).then_some(day)
}

const BEIJING: i64 = 8 * 3600;
/// Days from 0000-03-01, where the counting below begins, to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Days of 400 years.
const ERA: i64 = 146_097;

/// Years that begin in March, so that the leap day is the last.
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + EPOCH;
    let (era, of_era) = (shifted.div_euclid(ERA), shifted.rem_euclid(ERA));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * march_month + 2) / 5 + 1)
}

fn number_of_day(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates_and_dates_days() {
        for (text, number) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-01-01", 20_454)] {
            assert_eq!((date(number).as_str(), parse_date(text)), (text, Some(number)));
        }
        for day in (-800_000..2_900_000).step_by(97) {
            let (year, month, of_month) = civil(day);
            assert_eq!(number_of_day(year, month, of_month), day);
        }
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for bad in ["", "2026-1-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "+026-01-01"] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_day_and_the_month_begin_at_midnight_in_beijing() {
        let midnight = 1_767_196_800; // 2026-01-01 00:00 in Beijing
        assert_eq!((day(midnight) - day(midnight - 1), month(midnight) - month(midnight - 1)), (1, 1));
        assert_eq!((date(day(midnight)).as_str(), second_of_day(midnight - 1)), ("2026-01-01", 86_399));
        assert_eq!(month(midnight), 2026 * 12);
    }
}
