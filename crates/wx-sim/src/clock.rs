use crate::Error;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// Where the simulator reads the time: whole seconds since 1970-01-01 UTC.
///
/// Everything that has a life (tokens, codes, limits) and everything that carries a time (pushes, signatures) asks
/// this clock, so a test moves time by moving its hand. Copies share the hand.
///
/// ```
/// use wx_sim::Clock;
///
/// # fn main() -> Result<(), wx_sim::Error> {
/// let clock = Clock::manual(1_767_229_200);
/// clock.advance(60)?;
/// assert_eq!(clock.now(), 1_767_229_260);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Clock(Arc<Source>);

enum Source {
    Read(Box<dyn Fn() -> i64 + Send + Sync>),
    Hand(AtomicI64),
}

impl Clock {
    /// A virtual clock: it stands still until [`advance`](Self::advance) or [`set`](Self::set) moves it.
    pub fn manual(seconds: i64) -> Self {
        Self(Arc::new(Source::Hand(AtomicI64::new(seconds.clamp(0, LAST)))))
    }

    /// A clock that is read by calling `read`, such as the virtual clock of another program.
    pub fn new(read: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(Source::Read(Box::new(read))))
    }

    /// The clock of the machine.
    pub fn system() -> Self {
        Self::new(machine_time)
    }

    /// The present second.
    pub fn now(&self) -> i64 {
        match &*self.0 {
            Source::Read(read) => read(),
            Source::Hand(seconds) => seconds.load(Ordering::Relaxed),
        }
    }

    /// Moves a [`manual`](Self::manual) clock by so many seconds, backwards when negative, and says the new time.
    ///
    /// # Errors
    ///
    /// [`Error::ClockRuns`] for any other clock, [`Error::Time`] when the hand would leave the years 1970 to 9999.
    pub fn advance(&self, seconds: i64) -> Result<i64, Error> {
        let hand = self.hand()?;
        let moved = |now: i64| now.checked_add(seconds).filter(|then| (0..=LAST).contains(then));
        match hand.fetch_update(Ordering::Relaxed, Ordering::Relaxed, moved) {
            Ok(before) => Ok(before + seconds),
            Err(_) => Err(Error::Time),
        }
    }

    /// Sets a [`manual`](Self::manual) clock.
    ///
    /// # Errors
    ///
    /// As [`advance`](Self::advance).
    pub fn set(&self, seconds: i64) -> Result<(), Error> {
        let hand = self.hand()?;
        if !(0..=LAST).contains(&seconds) {
            return Err(Error::Time);
        }
        hand.store(seconds, Ordering::Relaxed);
        Ok(())
    }

    /// Whether it stands still until it is moved.
    pub(crate) fn is_manual(&self) -> bool {
        self.hand().is_ok()
    }

    fn hand(&self) -> Result<&AtomicI64, Error> {
        match &*self.0 {
            Source::Read(_) => Err(Error::ClockRuns),
            Source::Hand(seconds) => Ok(seconds),
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

/// The last second of the year 9999: dates on the wire have four digits.
const LAST: i64 = 253_402_300_799;

#[expect(clippy::disallowed_methods, reason = "the one place where the simulator reads the machine's time")]
fn machine_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_when_it_is_told_and_copies_share_the_hand() {
        let clock = Clock::manual(100);
        assert_eq!(clock.clone().advance(-40).unwrap(), 60);
        clock.set(7).unwrap();
        assert_eq!(clock.now(), 7);
        for bad in [-8, i64::MAX, LAST] {
            assert!(matches!(clock.advance(bad), Err(Error::Time)), "{bad}");
        }
        assert!(matches!(clock.set(-1), Err(Error::Time)));
        assert_eq!(clock.now(), 7, "a refused move moves nothing");
    }

    #[test]
    fn a_clock_that_runs_cannot_be_moved() {
        assert!(matches!(Clock::system().advance(1), Err(Error::ClockRuns)));
        assert!(matches!(Clock::new(|| 5).set(1), Err(Error::ClockRuns)));
    }
}
