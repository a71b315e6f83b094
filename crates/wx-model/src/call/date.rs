/// The number of a day written as `2026-01-31`, counted from 1970-01-01; nothing if there is no such day.
pub(super) fn day_number(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let is_written_so = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_written_so {
        return None;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let is_day = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    is_day.then(|| days_before(year, month) + day - 1)
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap(year)),
        _ => 31,
    }
}

/// From 1970-01-01 to the first day of that month.
fn days_before(year: i64, month: i64) -> i64 {
    let past = year - 1;
    let since_year_1 = past * 365 + past / 4 - past / 100 + past / 400;
    since_year_1 - 719_162 + (1..month).map(|month| days_in(year, month)).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (text, number) in [
            ("1970-01-01", Some(0)),
            ("1970-12-31", Some(364)),
            ("2000-02-29", Some(11_016)),
            ("2014-12-01", Some(16_405)),
            ("2026-01-01", Some(20_454)),
            ("2100-02-29", None),
            ("2026-13-01", None),
            ("2026-00-01", None),
            ("2026-04-31", None),
            ("2026-1-1", None),
            ("2026/01/01", None),
            ("20260-1-01", None),
            ("2026-01-0１", None),
            ("", None),
        ] {
            assert_eq!(day_number(text), number, "{text}");
        }
    }
}
