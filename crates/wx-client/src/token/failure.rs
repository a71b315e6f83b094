use crate::{Error, ErrorKind, clock::Moment, random::Roll};
use std::time::Duration;
use wx_model::ErrCode;

/// The last refresh, which failed, and how long it is not tried again.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    at: Moment,
    /// How many failed since the last that did not, at least 1.
    in_a_row: u32,
    roll: Roll,
}

impl Failure {
    pub(super) fn new(error: Error, before: Option<&Self>, at: Moment, roll: Roll) -> Self {
        let in_a_row = before.map_or(0, |before| before.in_a_row).saturating_add(1);
        Self { error, at, in_a_row, roll }
    }

    /// Whether another refresh may be tried. With a token that still works there is time.
    pub(super) fn is_over(&self, now: Moment, has_token: bool) -> bool {
        let pause = remembered(&self.error, self.at).unwrap_or_else(|| self.back_off(has_token));
        now.since(self.at) >= pause
    }

    /// 30 s up to 5 min while a token works; else nothing at first, then 1 s up to 1 min. Somewhere between the least
    /// and a most that doubles each time, so that many processes do not come back at once.
    fn back_off(&self, has_token: bool) -> Duration {
        let (first, least, most) = if has_token {
            (1, Duration::from_secs(30), Duration::from_mins(5))
        } else {
            (2, Duration::from_secs(1), Duration::from_mins(1))
        };
        let Some(times) = self.in_a_row.checked_sub(first) else { return Duration::ZERO };
        let doubled = least.saturating_mul(2_u32.saturating_pow(times.saturating_add(1)));
        self.roll.between(least, doubled.min(most))
    }
}

/// How long all processes that share a token leave the platform alone after one of them had this error. Each that has
/// heard of it keeps to its own pauses, too.
pub(super) fn shared_pause(error: &Error) -> Duration {
    remembered(error, Moment::default())
        .map_or(Duration::from_secs(10), |pause| pause.min(Duration::from_mins(5)))
}

/// How long a refusal is believed, because only a person, the platform's clock or its next push can change it. `None`:
/// it may pass by itself at any moment.
fn remembered(error: &Error, at: Moment) -> Option<Duration> {
    const MINUTE: Duration = Duration::from_mins(1);
    let code = match error.kind() {
        ErrorKind::Api(code) => code,
        // Of a service between: it knows this client no more, or never had this address.
        ErrorKind::Status(400..=499) if !error.is_retryable() => return Some(MINUTE),
        _ => return None,
    };
    match code.get() {
        // 45009: the day's allowance.
        45009 => Some(at.until_beijing_midnight()),
        // The administrator refused this address for a day, for an hour.
        89506 => Some(Duration::from_hours(24)),
        89507 => Some(Duration::from_hours(1)),
        // Waiting for the administrator, for the allow-list, for the next component_verify_ticket.
        89501 | 89503 | 40164 | 45035 | 61004 | 61005 | 61006 | 40091 => Some(MINUTE),
        _ if code.is_quota() => Some(MINUTE),
        _ if code.is_retryable() || is_of_component_token(code) => None,
        _ => Some(Duration::from_mins(5)),
    }
}

/// A new component_access_token mends it.
fn is_of_component_token(code: ErrCode) -> bool {
    matches!(code.get(), 42006 | 40094)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn failed(code: i64, in_a_row: u32, roll: u64) -> Failure {
        let error = Error::api("/x", ErrCode::new(code), String::new(), None).while_asking_for_token();
        Failure { error, at: Moment::default(), in_a_row, roll: Random::new(move || roll).roll() }
    }

    fn pause(code: i64, in_a_row: u32, roll: u64, has_token: bool) -> u64 {
        let failure = failed(code, in_a_row, roll);
        let at = |second| Moment { steady: Duration::from_secs(second), unix: 0 };
        (0..=90_000).find(|second| failure.is_over(at(*second), has_token)).unwrap()
    }

    #[test]
    fn pauses_grow_from_30_seconds_to_5_minutes_while_a_token_works() {
        let least: Vec<u64> = (1..=6).map(|times| pause(-1, times, 0, true)).collect();
        let most: Vec<u64> = (1..=6).map(|times| pause(-1, times, u64::MAX, true)).collect();
        assert_eq!(least, [30, 30, 30, 30, 30, 30]);
        assert_eq!(most, [60, 120, 240, 300, 300, 300]);
        assert_eq!(pause(-1, u32::MAX, u64::MAX, true), 300);
    }

    #[test]
    fn without_a_token_they_grow_from_nothing_to_a_minute() {
        let most: Vec<u64> = (1..=7).map(|times| pause(-1, times, u64::MAX, false)).collect();
        assert_eq!(most, [0, 2, 4, 8, 16, 32, 60]);
        let least: Vec<u64> = (1..=3).map(|times| pause(-1, times, 0, false)).collect();
        assert_eq!(least, [0, 1, 1]);
    }

    #[test]
    fn what_only_a_person_can_change_is_believed_for_a_stated_time() {
        for (seconds, codes) in [
            (300, &[40001, 40125, 40243, 40013, 40002, 41004, 50004, 50007, 61023, 123_456][..]),
            (60, &[40164, 45035, 61004, 89501, 89503, 45011, 61005, 61006]),
            (3600, &[89507]),
            (86_400, &[89506]),
            // 1970-01-01 00:00 UTC is 08:00 in Beijing.
            (16 * 3600, &[45009]),
            (0, &[-1, 42006]),
        ] {
            for code in codes {
                assert_eq!(pause(*code, 1, u64::MAX, false), seconds, "{code}");
            }
        }
    }
}
