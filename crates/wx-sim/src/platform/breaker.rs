use std::collections::HashMap;

/// Which receivers are left alone for a while because they failed too often (MarkFail, protocol §8).
#[derive(Default)]
pub(crate) struct Breakers(HashMap<&'static str, Breaker>);

#[derive(Default)]
struct Breaker {
    failures: u32,
    until: Option<i64>,
}

/// Seconds without pushes.
const PAUSE: i64 = 60;

impl Breakers {
    pub(crate) fn is_open(&self, receiver: &str, now: i64) -> bool {
        let until = self.0.get(receiver).and_then(|breaker| breaker.until);
        until.is_some_and(|until| now < until)
    }

    /// Notes how a push went, and gives the second until which there are no more when it was one failure too many.
    pub(crate) fn note(
        &mut self,
        receiver: &'static str,
        succeeded: bool,
        most_failures: u32,
        now: i64,
    ) -> Option<i64> {
        let breaker = self.0.entry(receiver).or_default();
        if succeeded {
            *breaker = Breaker::default();
            return None;
        }
        breaker.failures += 1;
        if breaker.failures < most_failures {
            return None;
        }
        *breaker = Breaker { failures: 0, until: Some(now.saturating_add(PAUSE)) };
        breaker.until
    }
}
