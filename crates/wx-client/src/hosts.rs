use crate::{
    BaseUrl,
    clock::{Clock, Moment},
};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How long a host that stands in for another is kept.
const STAY: Duration = Duration::from_mins(5);

/// Where calls go: one base address, or the platform's entries in their order (protocol §5.1).
#[derive(Debug)]
pub(crate) struct Hosts {
    bases: Vec<BaseUrl>,
    clock: Clock,
    /// The one in use, and since when.
    chosen: Mutex<(usize, Moment)>,
}

impl Hosts {
    /// This address and no other, or the platform.
    pub(crate) fn new(own: Option<BaseUrl>, clock: Clock) -> Self {
        let bases = own.map_or_else(BaseUrl::official_entries, |base| vec![base]);
        Self { bases, clock, chosen: Mutex::default() }
    }

    /// The one that calls begin with when all is well.
    pub(crate) fn first(&self) -> &BaseUrl {
        &self.bases[0]
    }

    pub(crate) fn base(&self, index: usize) -> &BaseUrl {
        &self.bases[index]
    }

    /// The one to begin with now.
    pub(crate) fn current(&self) -> usize {
        let chosen = *self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        // As a rule; then the time does not matter.
        if chosen.0 == 0 { 0 } else { in_use(chosen, self.clock.now()) }
    }

    /// The one to try after `failed`, for a call that began with `first`; `None` after the last. Later calls begin with
    /// it, too.
    pub(crate) fn instead_of(&self, failed: usize, first: usize) -> Option<usize> {
        let next = (failed + 1) % self.bases.len();
        let is_last = next == first;
        let now = self.clock.now();
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        // Another call may have moved on already.
        if in_use(*chosen, now) == failed {
            *chosen = (if is_last { 0 } else { next }, now);
        }
        (!is_last).then_some(next)
    }
}

fn in_use((index, since): (usize, Moment), now: Moment) -> usize {
    if now.since(since) < STAY { index } else { 0 }
}
