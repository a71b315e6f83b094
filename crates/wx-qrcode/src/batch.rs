mod brake;
mod caller;
mod claimer;
mod counts;
mod journal;
mod verdict;

pub use counts::{BatchCounts, BatchEnd, BatchReport};
pub use journal::{BatchJournal, Claimed, Settled, SettledRow};

use crate::{Error, QrCodes};
use brake::Brake;
use caller::Caller;
use claimer::Claimer;
use std::{future::Future, iter, sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, mpsc, watch},
    task::JoinSet,
};
use wx_model::CreateResponse;

/// Creates many codes, several at a time, each claimed in a [`BatchJournal`] before the platform is asked and settled
/// afterwards, so that a run that was stopped or killed goes on where it was.
///
/// It never repeats a permanent code whose answer was lost. It stops by itself when nothing can come of going on: the
/// allowance of the day is used up (45009), all places are taken (45029), the platform refuses the account or its token, no
/// connection can be made, or answer after answer is lost. When the allowance of a minute is used up (45011) it waits.
///
/// The access token, the pace and the repeats are those of the client.
#[derive(Debug)]
pub struct Batch<J> {
    codes: QrCodes,
    journal: Arc<J>,
    concurrency: usize,
    most_unknown: u64,
}

impl<J: BatchJournal> Batch<J> {
    /// 32 calls at a time; stops after 8 lost answers.
    pub fn new(codes: QrCodes, journal: J) -> Self {
        Self { codes, journal: Arc::new(journal), concurrency: 32, most_unknown: 8 }
    }

    /// How many calls are under way at a time, 1 to 512. As many rows again are claimed ahead of them; more, up to 512,
    /// where the platform answers faster than the journal writes.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.clamp(1, MOST_AHEAD);
        self
    }

    /// After how many lost answers of permanent codes it stops, at least 1: each leaves a code unknown.
    pub fn most_unknown(mut self, answers: u64) -> Self {
        self.most_unknown = answers.max(1);
        self
    }

    /// Works through the rows, telling `observe` how far it is after each group that was settled.
    ///
    /// When `stop` is ready, no further call begins; those under way are waited for and settled, and what was claimed and
    /// not asked for is given back. Dropped instead, it leaves them unknown.
    ///
    /// # Errors
    ///
    /// That of the journal. Calls under way have then been made and not been settled.
    pub async fn run(
        &self,
        rows: impl Iterator<Item = J::Row> + Send + 'static,
        stop: impl Future<Output = ()> + Send + 'static,
        mut observe: impl FnMut(&BatchCounts),
    ) -> Result<BatchReport, J::Error> {
        let (stopping, is_stopping) = watch::channel(false);
        let (answers, mut answered) = mpsc::channel(MOST_AHEAD);
        let (ready, granted) = mpsc::channel(MOST_AHEAD);
        let ahead = Arc::new(Semaphore::new(self.concurrency));
        let mut tasks = JoinSet::new();
        let asked = stopping.clone();
        let mut waiting = JoinSet::new();
        waiting.spawn(async move {
            stop.await;
            asked.send_replace(true);
        });
        let claimer = Claimer {
            journal: Arc::clone(&self.journal),
            is_stopping: is_stopping.clone(),
            ahead: Arc::clone(&ahead),
        };
        tasks.spawn(claimer.run(rows, self.concurrency, ready, answers.clone()));
        let brake =
            Brake { stopping: stopping.clone(), lost: Arc::default(), most_unknown: self.most_unknown };
        let caller = Caller { codes: self.codes.clone(), is_stopping, brake, ahead };
        tasks.spawn(caller.run(granted, self.concurrency, answers));

        let mut report = BatchReport::default();
        let mut group = Vec::new();
        while answered.recv_many(&mut group, MOST_AHEAD).await > 0 {
            tokio::time::sleep(MOMENT).await;
            group.extend(iter::from_fn(|| answered.try_recv().ok()));
            let mut settled = Vec::with_capacity(group.len());
            for answer in group.drain(..) {
                match answer {
                    Answered::Failed(error) => return Err(error),
                    Answered::Claim(claim) => report.count_claim(&claim),
                    Answered::Row(row, answer) => settled.push(report.judge(row, answer, self.most_unknown)),
                }
            }
            if !settled.is_empty() {
                self.journal.settle(settled).await?;
            }
            // At the stop mark, what was granted before is still asked for.
            if !matches!(report.end, BatchEnd::Done | BatchEnd::StopMark { .. }) {
                stopping.send_replace(true);
            }
            observe(&report.counts);
        }
        if report.end == BatchEnd::Done && *stopping.borrow() {
            report.end = BatchEnd::Stopped;
        }
        Ok(report)
    }
}

/// What reaches the one who settles.
enum Answered<R, E> {
    /// A claim that was not granted.
    Claim(Claimed),
    /// The answer to a row that was; `None` if it was not asked for.
    Row(R, Option<Result<CreateResponse, Error>>),
    /// The journal failed.
    Failed(E),
}

/// How many rows are claimed ahead of the calls at most, and how many answers wait to be settled.
const MOST_AHEAD: usize = 512;

/// How long answers wait for others that are written down with them: a commit costs about as much for one as for many.
const MOMENT: Duration = Duration::from_millis(10);
