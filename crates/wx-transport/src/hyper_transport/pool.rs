use super::line::Line;
use http::uri::{Authority, Scheme};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{task::JoinHandle, time::Instant};

/// Where connections go.
pub(super) type Origin = (Scheme, Authority);

/// Connections that wait for a request, each for a limited time.
pub(super) struct Pool {
    limit: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Those that have been used last come last. One list for all: a program has few hosts, most have one.
    idle: Vec<Idle>,
    /// Ends with the last connection, or with its runtime.
    sweeper: Option<JoinHandle<()>>,
}

struct Idle {
    line: Line,
    origin: Origin,
    since: Instant,
}

impl Pool {
    /// With a limit of zero it keeps nothing.
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, state: Mutex::default() }
    }

    /// The connection that has been used last, which is the one most likely still open.
    pub(super) fn take(&self, origin: &Origin) -> Option<Line> {
        let mut state = self.state();
        let last = state.idle.iter().rposition(|idle| idle.origin == *origin)?;
        let Idle { line, since, .. } = state.idle.remove(last);
        (since.elapsed() < self.limit).then_some(line)
    }

    /// Keeps a connection for the next request. Inside a tokio runtime with time only.
    pub(super) fn put(self: &Arc<Self>, origin: Origin, line: Line) {
        if self.limit.is_zero() {
            return;
        }
        let mut state = self.state();
        state.idle.push(Idle { line, origin, since: Instant::now() });
        if state.sweeper.as_ref().is_none_or(JoinHandle::is_finished) {
            state.sweeper = Some(self.sweeper());
        }
    }

    /// Closes what nobody used in time, as long as there is anything.
    fn sweeper(self: &Arc<Self>) -> JoinHandle<()> {
        let (pool, limit) = (Arc::downgrade(self), self.limit);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(limit).await;
                match pool.upgrade() {
                    Some(pool) if pool.sweep() => {}
                    _ => return,
                }
            }
        })
    }

    /// Whether anything is left.
    fn sweep(&self) -> bool {
        let mut state = self.state();
        state.idle.retain(|idle| idle.since.elapsed() < self.limit);
        if state.idle.is_empty() {
            state.sweeper = None;
        }
        !state.idle.is_empty()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
