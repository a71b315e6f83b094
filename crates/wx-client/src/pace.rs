use crate::clock::Moment;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How fast a client may call: so many calls in a time, spread evenly. What comes faster waits for its turn, in order.
///
/// It counts what this client sends: clones share it, other processes do not. The platform's own figures for a minute are
/// not public; `openapi/quota/get` tells some ([`Quotas::get`](crate::Quotas::get)).
///
/// ```
/// use wx_client::{Client, Pace};
///
/// let builder = Client::builder("wx7a3f00c1d2e3b4a5", "secret").pace(Pace::per_minute(3_000).burst(50));
/// # let _ = builder;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    each: Duration,
    burst: u32,
}

impl Pace {
    /// So many calls a second; 0 is taken as 1.
    pub fn per_second(calls: u32) -> Self {
        Self { each: Duration::from_secs(1) / calls.max(1), burst: 1 }
    }

    /// So many calls a minute; 0 is taken as 1.
    pub fn per_minute(calls: u32) -> Self {
        Self { each: Duration::from_mins(1) / calls.max(1), burst: 1 }
    }

    /// So many calls may follow each other at once after a rest. Default 1; 0 is taken as 1.
    pub fn burst(mut self, calls: u32) -> Self {
        self.burst = calls.max(1);
        self
    }
}

/// The turns of all calls.
#[derive(Debug)]
pub(crate) struct Turns {
    pace: Pace,
    /// When the next call would come if they were spread evenly.
    next: Mutex<Duration>,
}

impl Turns {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, next: Mutex::new(Duration::ZERO) }
    }

    /// Takes the next turn, and says how long it is till then; if that is longer than `longest`, it is not taken.
    pub(crate) fn take(&self, now: Moment, longest: Duration) -> Result<Duration, Duration> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let due = (*next).max(now.steady);
        let early = self.pace.each.saturating_mul(self.pace.burst - 1);
        let wait = due.saturating_sub(early).saturating_sub(now.steady);
        if wait > longest {
            return Err(wait);
        }
        *next = due.saturating_add(self.pace.each);
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Moment {
        Moment { steady: Duration::from_millis(millis), unix: 0 }
    }

    #[test]
    fn calls_are_spread_after_the_burst() {
        let turns = Turns::new(Pace::per_second(10).burst(3));
        let take = |millis| turns.take(at(millis), Duration::from_millis(250)).map(|it| it.as_millis());
        let taken: Vec<_> = (0..6).map(|_| take(5_000)).collect();
        let late = Err(Duration::from_millis(300));
        assert_eq!(taken, [Ok(0), Ok(0), Ok(0), Ok(100), Ok(200), late]);
        // Who was turned away took no turn.
        assert_eq!(take(5_300), Ok(0));
        assert_eq!([take(9_000), take(9_000), take(9_000), take(9_000)], [Ok(0), Ok(0), Ok(0), Ok(100)]);
    }

    #[test]
    fn nothing_is_taken_as_one() {
        assert_eq!(Pace::per_minute(0).burst(0), Pace::per_minute(1));
    }
}
