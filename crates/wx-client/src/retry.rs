mod budget;

pub(crate) use budget::Budget;

use crate::{Error, call::Repeat, random::Roll};
use std::time::Duration;

/// How often a call is repeated after failures that may pass, and how long that may take.
///
/// Before each repeat there is a pause by chance, between nothing and a length that doubles each time (full jitter), so
/// that many clients do not come back at once. Over all calls of a client, repeats are paid from a budget: each call
/// brings a tenth of a repeat, each ten seconds one more, up to the reserve. When everything fails, that is about a tenth
/// more load, not several times as much. Whether a call may be repeated at all says its [`Repeat`].
///
/// Failures to get a token are none of this: they have pauses of their own.
///
/// ```
/// use std::time::Duration;
/// use wx_client::RetryPolicy;
///
/// let patient = RetryPolicy::default().tries(6).deadline(Duration::from_mins(2));
/// assert_ne!(patient, RetryPolicy::none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) tries: u32,
    first_pause: Duration,
    longest_pause: Duration,
    pub(crate) deadline: Duration,
    pub(crate) reserve: u32,
}

impl RetryPolicy {
    /// Every call is sent once.
    pub fn none() -> Self {
        Self::default().tries(1)
    }

    /// How often a call is sent at most, the first time included. Default 4; 0 is taken as 1.
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries.max(1);
        self
    }

    /// The longest pause before the first repeat, which doubles from then on, and the longest of all. Default 200 ms and
    /// 5 s.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        (self.first_pause, self.longest_pause) = (first, longest);
        self
    }

    /// No repeat begins later than this after the call began, and no call waits longer for its turn
    /// ([`Pace`](crate::Pace)). Default 30 s. What is under way is not broken off: its limit is that of the transport.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How many repeats may be saved up. Default 10.
    pub fn reserve(mut self, repeats: u32) -> Self {
        self.reserve = repeats;
        self
    }

    /// How long to wait before a call that has been sent so often, for so long, is repeated after this error; `None` if it
    /// is not.
    pub(crate) fn pause(
        &self,
        repeat: Repeat,
        error: &Error,
        (sent, passed): (u32, Duration),
        roll: Roll,
    ) -> Option<Duration> {
        if sent >= self.tries || !error.is_of_call() || !repeat.allows(error) {
            return None;
        }
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(sent.saturating_sub(1)));
        let pause = roll.between(Duration::ZERO, doubled.min(self.longest_pause));
        (passed.saturating_add(pause) <= self.deadline).then_some(pause)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            tries: 4,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(5),
            deadline: Duration::from_secs(30),
            reserve: 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use wx_model::ErrCode;

    fn busy() -> Error {
        Error::api("/x", ErrCode::SYSTEM_BUSY, String::new(), None)
    }

    fn pause(sent: u32, passed: u64, roll: u64) -> Option<u128> {
        let roll = Random::new(move || roll).roll();
        let policy = RetryPolicy::default().tries(9);
        let course = (sent, Duration::from_secs(passed));
        policy.pause(Repeat::Always, &busy(), course, roll).map(|pause| pause.as_millis())
    }

    #[test]
    fn pauses_lie_between_nothing_and_twice_the_last_up_to_five_seconds() {
        let most: Vec<_> = (1..=9).map(|sent| pause(sent, 0, u64::MAX)).collect();
        let expected = [200, 400, 800, 1600, 3200, 5000, 5000, 5000];
        assert_eq!(most, expected.map(Some).into_iter().chain([None]).collect::<Vec<_>>());
        assert!((1..=8).all(|sent| pause(sent, 0, 0) == Some(0)));
    }

    #[test]
    fn nothing_begins_after_the_deadline() {
        assert_eq!(pause(6, 25, u64::MAX), Some(5000));
        assert_eq!(pause(6, 26, u64::MAX), None);
        assert_eq!(pause(6, 31, 0), None);
    }

    #[test]
    fn what_the_call_is_decides() {
        let roll = Random::new(|| 0).roll();
        let may = |repeat, error: &Error| {
            RetryPolicy::default().pause(repeat, error, (1, Duration::ZERO), roll).is_some()
        };
        assert!(may(Repeat::Always, &busy()));
        assert!(!may(Repeat::IfNotDone, &busy()) && !may(Repeat::Never, &busy()));
        assert!(!may(Repeat::Always, &busy().while_asking_for_token()));
        assert!(!may(Repeat::Always, &Error::api("/x", ErrCode::new(40053), String::new(), None)));
    }
}
