mod outcome;
mod watch;

pub use outcome::Outcome;
pub(crate) use watch::{ObservedSource, Watch};

use std::{fmt::Debug, time::Duration};
use wx_model::ErrCode;

/// Hears what a client does, for metrics: counters, durations, calls in flight.
///
/// Paths are those of the calls, without query, so they may be labels; nothing that is told here is a secret. Each method
/// does nothing unless written. They are called in the middle of calls: they must be quick and must not block.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use wx_client::{CallReport, Observer};
///
/// #[derive(Debug, Default)]
/// struct Unknown(AtomicU64);
///
/// impl Observer for Unknown {
///     fn call_finished(&self, report: &CallReport<'_>) {
///         if report.outcome.is_unknown() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Observer: Send + Sync + Debug {
    /// A call begins.
    fn call_started(&self, path: &str) {
        let _ = path;
    }

    /// A call that began has ended, also if nobody waited for it any more.
    fn call_finished(&self, report: &CallReport<'_>) {
        let _ = report;
    }

    /// A call will be sent again after this pause.
    fn call_repeats(&self, path: &str, pause: Duration) {
        let _ = (path, pause);
    }

    /// A call was not sent because its allowance is known to be used up (45009, 45011, 45029).
    fn call_held_back(&self, path: &str, code: ErrCode) {
        let _ = (path, code);
    }

    /// A token was asked for at its source, and whether one came.
    fn token_refreshed(&self, succeeded: bool) {
        let _ = succeeded;
    }
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// Where it went.
    pub path: &'a str,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, pauses and waiting for a token included, by the clock of the client.
    pub duration: Duration,
    /// How often it was sent; 0 if it never was.
    pub sent: u32,
}
