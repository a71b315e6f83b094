use std::{fmt, sync::Arc, time::Duration};

/// Time since some fixed moment, never going back: what the age of a token is measured with.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Clock {
    pub(crate) fn new(now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The monotonic clock of the system: steps of the calendar clock do not touch it.
    #[expect(clippy::disallowed_methods, reason = "the one place where the client meets the system's clock")]
    pub(crate) fn system() -> Self {
        let start = std::time::Instant::now();
        Self::new(move || start.elapsed())
    }

    pub(crate) fn now(&self) -> Duration {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
