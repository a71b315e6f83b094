use crate::{Clock, Mode, Verdict};
use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// One line of the transcript: something that went over the wire, in the order in which it ended.
///
/// It prints as one line without the time, so that a test can compare whole transcripts. No token, secret or key
/// is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// 1 for the first entry of this simulator, and so on.
    pub number: u64,
    /// When it ended, by the simulator's clock.
    pub time: i64,
    /// What happened.
    pub kind: EntryKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryKind {
    /// A call to the platform.
    #[non_exhaustive]
    Call {
        /// The HTTP method.
        method: String,
        /// The path alone: the query may hold a token.
        path: String,
        /// The HTTP status of the answer.
        status: u16,
        /// The `errcode` of the answer (全局返回码), 0 when the call was granted.
        errcode: i32,
        /// What was granted or why it was refused.
        note: String,
    },
    /// One delivery of a push.
    #[non_exhaustive]
    Delivery {
        /// The number of the push.
        push: u64,
        /// `subscribe`, `SCAN`, `unsubscribe` or `text`.
        kind: &'static str,
        /// The `EventKey`, empty where there is none.
        event_key: String,
        /// Whom it is about.
        openid: String,
        /// The mode it travelled in.
        mode: Mode,
        /// The how manieth delivery of this push it was, from 1; a redelivery counts from 1 again.
        attempt: usize,
        /// How the platform took the answer.
        verdict: Verdict,
    },
    /// The verification of the callback address.
    #[non_exhaustive]
    Check {
        /// Whether the answer was exactly the `echostr`.
        passed: bool,
    },
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.number)?;
        match &self.kind {
            EntryKind::Call { method, path, status, errcode, note } => {
                write!(f, "call {method} {path}: {status} errcode {errcode}, {note}")
            }
            EntryKind::Delivery { push, kind, event_key, openid, mode, attempt, verdict } => {
                let key = if event_key.is_empty() { "-" } else { event_key };
                write!(f, "push {push} {kind} {key} {openid} {mode}, delivery {attempt}: {verdict}")
            }
            EntryKind::Check { passed } => {
                write!(f, "callback check: {}", if *passed { "passed" } else { "failed" })
            }
        }
    }
}

/// The last [`KEPT`] entries.
pub(crate) struct Transcript {
    clock: Clock,
    entries: Mutex<VecDeque<Entry>>,
}

impl Transcript {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, entries: Mutex::default() }
    }

    pub(crate) fn add(&self, kind: EntryKind) {
        let mut entries = self.lock();
        let number = entries.back().map_or(0, |last| last.number) + 1;
        let entry = Entry { number, time: self.clock.now(), kind };
        tracing::debug!(target: "wx_sim", "{entry}");
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const KEPT: usize = 100_000;
