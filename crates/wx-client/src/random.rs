use std::{fmt, sync::Arc, time::Duration};

/// Where the spread of waiting times comes from. Nothing secret is made of it.
#[derive(Clone)]
pub(crate) struct Random(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Random {
    pub(crate) fn new(next: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(next))
    }

    /// The system's. Where it has none, waiting times are not spread.
    pub(crate) fn system() -> Self {
        Self::new(|| getrandom::u64().unwrap_or(u64::MAX / 2))
    }

    pub(crate) fn number(&self) -> u64 {
        (self.0)()
    }

    pub(crate) fn roll(&self) -> Roll {
        Roll(self.number())
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

/// One throw of the dice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Roll(u64);

impl Roll {
    /// A time between these two, each as likely; the first if they are in the wrong order.
    pub(crate) fn between(self, least: Duration, most: Duration) -> Duration {
        let span = u64::try_from(most.saturating_sub(least).as_millis()).unwrap_or(u64::MAX);
        let part = (u128::from(self.0) * (u128::from(span) + 1)) >> 64;
        least + Duration::from_millis(u64::try_from(part).unwrap_or(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_lies_between_the_two() {
        let (one, five) = (Duration::from_secs(1), Duration::from_secs(5));
        assert_eq!(Roll(0).between(one, five), one);
        assert_eq!(Roll(u64::MAX / 2).between(one, five), Duration::from_secs(3));
        assert_eq!(Roll(u64::MAX).between(one, five), five);
        assert_eq!(Roll(u64::MAX).between(five, one), five);
        assert_eq!(Roll(7).between(Duration::ZERO, Duration::ZERO), Duration::ZERO);
    }
}
