use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// Where every [`Clock`] starts: noon of 2026-01-01 in Beijing, in seconds since 1970.
pub const NOON: i64 = 1_767_240_000;

/// The one time that platform, service and client agree on. It stands still until somebody moves it.
#[derive(Debug, Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Seconds since 1970, UTC.
    pub fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Lets so many seconds pass.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }

    /// What passed since the start.
    pub fn elapsed(&self) -> Duration {
        Duration::from_secs(self.now().abs_diff(NOON))
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(NOON)))
    }
}
