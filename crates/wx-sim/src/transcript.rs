mod entry;
mod redact;

pub use entry::{Entry, EntryKind};
pub(crate) use redact::{Labels, redact_body, redact_path, redact_query};

use crate::Clock;
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// The last entries: as many as the options allow, and no more than [`MOST_BYTES`] of text.
pub(crate) struct Transcript {
    clock: Clock,
    limit: usize,
    kept: Mutex<Kept>,
    /// The number of the newest entry, for those who wait for the next one.
    newest: watch::Sender<u64>,
}

#[derive(Default)]
struct Kept {
    entries: VecDeque<Entry>,
    /// The number of the newest entry.
    written: u64,
    bytes: usize,
}

impl Transcript {
    pub(crate) fn new(clock: Clock, limit: usize) -> Self {
        Self { clock, limit, kept: Mutex::default(), newest: watch::Sender::new(0) }
    }

    pub(crate) fn add(&self, kind: EntryKind) {
        let mut kept = self.kept();
        kept.written += 1;
        let entry = Entry { number: kept.written, time: self.clock.now(), kind };
        tracing::debug!(target: "wx_sim", "{entry}");
        kept.bytes += entry.size();
        kept.entries.push_back(entry);
        kept.forget(self.limit);
        self.newest.send_replace(kept.written);
    }

    pub(crate) fn decide(&self, note: impl Into<String>) {
        self.add(EntryKind::Decision { note: note.into() });
    }

    /// The entries behind the one of this number; 0 stands for all.
    pub(crate) fn since(&self, number: u64) -> Vec<Entry> {
        let kept = self.kept();
        let begin = kept.entries.partition_point(|entry| entry.number <= number);
        kept.entries.range(begin..).cloned().collect()
    }

    /// The same once there is one.
    pub(crate) async fn after(&self, number: u64) -> Vec<Entry> {
        // The sender lives as long as this transcript.
        let _ = self.newest.subscribe().wait_for(|newest| *newest > number).await;
        self.since(number)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn forget(&mut self, limit: usize) {
        while self.entries.len() > limit || self.bytes > MOST_BYTES {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes -= oldest.size();
        }
    }
}

const MOST_BYTES: usize = 64 * 1024 * 1024;
