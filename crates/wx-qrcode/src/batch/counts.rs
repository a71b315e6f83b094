use super::{Claimed, Settled, SettledRow, verdict::Verdict};
use crate::Error;
use wx_model::{CreateRequest, CreateResponse};

/// How far a [`Batch`](crate::Batch) is: each row that was begun is counted in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BatchCounts {
    /// The platform gave a ticket.
    pub created: u64,
    /// The journal had a ticket, so nothing was asked.
    pub known: u64,
    /// It was asked for earlier and the answer was never known, so nothing was asked.
    pub unknown: u64,
    /// The answer was lost now.
    pub lost: u64,
    /// The platform refused this row alone.
    pub failed: u64,
    /// It was not asked for, or surely not done, because the run stopped.
    pub left: u64,
}

impl BatchCounts {
    /// All rows that were begun.
    pub fn rows(&self) -> u64 {
        self.created + self.known + self.unknown + self.lost + self.failed + self.left
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BatchReport {
    /// The rows.
    pub counts: BatchCounts,
    /// Why it ended.
    pub end: BatchEnd,
}

impl BatchReport {
    pub(super) fn count_claim(&mut self, claim: &Claimed) {
        match claim {
            Claimed::Granted => {}
            Claimed::Known => self.counts.known += 1,
            Claimed::Unknown => self.counts.unknown += 1,
            Claimed::Full { taken } => {
                self.counts.left += 1;
                self.stop(BatchEnd::StopMark { taken: *taken });
            }
        }
    }

    /// What to write down about a row, and whether to go on.
    pub(super) fn judge<R: AsRef<CreateRequest>>(
        &mut self,
        row: R,
        answer: Option<Result<CreateResponse, Error>>,
        most_unknown: u64,
    ) -> SettledRow<R> {
        let error = match answer {
            Some(Ok(response)) => {
                self.counts.created += 1;
                return SettledRow { row, settled: Settled::Created(response) };
            }
            Some(Err(error)) => error,
            None => {
                self.counts.left += 1;
                return SettledRow { row, settled: Settled::NotDone(None) };
            }
        };
        let reason = error.sentence();
        let settled = match Verdict::of(row.as_ref(), &error) {
            Verdict::Lost => {
                self.counts.lost += 1;
                if self.counts.lost >= most_unknown {
                    self.stop(BatchEnd::Lost(error));
                }
                Settled::Unknown(reason)
            }
            Verdict::OfRow => {
                self.counts.failed += 1;
                Settled::NotDone(Some(reason))
            }
            Verdict::OfAll => {
                self.counts.left += 1;
                self.stop(BatchEnd::Failed(error));
                Settled::NotDone(Some(reason))
            }
        };
        SettledRow { row, settled }
    }

    /// The first reason counts.
    fn stop(&mut self, end: BatchEnd) {
        if self.end == BatchEnd::Done {
            self.end = end;
        }
    }
}

/// Why a run ended.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum BatchEnd {
    /// It came to the last row.
    #[default]
    Done,
    /// It was asked to stop.
    Stopped,
    /// The journal grants no more permanent codes.
    StopMark {
        /// How many places are taken.
        taken: u64,
    },
    /// A failure that every further row would meet: [`Error::errcode`] and [`Error::is_retryable`] tell when to go on.
    Failed(Error),
    /// Too many answers were lost; this is the last failure.
    Lost(Error),
}

/// Errors are compared by their text, which is all that they say.
impl PartialEq for BatchEnd {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Done, Self::Done) | (Self::Stopped, Self::Stopped) => true,
            (Self::StopMark { taken: one }, Self::StopMark { taken: two }) => one == two,
            (Self::Failed(one), Self::Failed(two)) | (Self::Lost(one), Self::Lost(two)) => {
                one.to_string() == two.to_string()
            }
            _ => false,
        }
    }
}

impl Eq for BatchEnd {}
