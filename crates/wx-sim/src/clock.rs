use std::{
    fmt,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// Where the simulator reads the time: whole seconds since 1970-01-01 UTC.
///
/// Everything that has a life (tokens, codes) and everything that carries a time (pushes, signatures) asks this
/// clock, so a test moves time by moving the number behind it.
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicI64, Ordering}};
/// use wx_sim::Clock;
///
/// let seconds = Arc::new(AtomicI64::new(1_767_229_200));
/// let hand = Arc::clone(&seconds);
/// let clock = Clock::new(move || hand.load(Ordering::Relaxed));
/// seconds.fetch_add(60, Ordering::Relaxed);
/// assert_eq!(clock.now(), 1_767_229_260);
/// ```
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// A clock that is read by calling `read`.
    pub fn new(read: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The clock of the machine.
    pub fn system() -> Self {
        Self::new(machine_time)
    }

    /// The present second.
    pub fn now(&self) -> i64 {
        (self.0)()
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

#[expect(clippy::disallowed_methods, reason = "the one place where the simulator reads the machine's time")]
fn machine_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
