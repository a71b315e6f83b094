mod counts;
mod journal;
mod verdict;

pub use counts::{BatchCounts, BatchEnd, BatchReport};
pub use journal::{BatchJournal, Claimed, Settled, SettledRow};

use crate::{Error, QrCodes};
use std::{
    future::Future,
    iter,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Mutex, Semaphore, mpsc, watch},
    task::JoinSet,
};
use verdict::Verdict;
use wx_model::{CreateRequest, CreateResponse};

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

/// What is claimed at once, at least.
fn quarter_of(ahead: usize) -> u32 {
    u32::try_from(ahead / 4).unwrap_or(u32::MAX).max(1)
}

/// Claims rows ahead of the calls, a group at a time: a quarter of them, or as many as calls were begun while it wrote down
/// the group before.
struct Claimer<J> {
    journal: Arc<J>,
    is_stopping: watch::Receiver<bool>,
    /// A permit for each row that may be claimed and not yet be asked for.
    ahead: Arc<Semaphore>,
}

impl<J: BatchJournal> Claimer<J> {
    async fn run(
        self,
        mut rows: impl Iterator<Item = J::Row> + Send,
        mut ahead: usize,
        ready: mpsc::Sender<J::Row>,
        answers: mpsc::Sender<Answered<J::Row, J::Error>>,
    ) {
        while !*self.is_stopping.borrow() {
            let Ok(quarter) = self.ahead.acquire_many(quarter_of(ahead)).await else { return };
            let mut free = quarter.num_permits();
            quarter.forget();
            free += self.ahead.forget_permits(MOST_AHEAD);
            let group: Vec<_> = rows.by_ref().take(free).collect();
            self.ahead.add_permits(free - group.len());
            if group.is_empty() {
                return;
            }
            let claims = match self.journal.claim(&group).await {
                Ok(claims) => claims,
                Err(error) => {
                    // Whoever settles ends the run.
                    let _ = answers.send(Answered::Failed(error)).await;
                    return;
                }
            };
            // Nothing was left to ask for meanwhile: the next time it writes more at once.
            if ready.capacity() == ready.max_capacity() && ahead < MOST_AHEAD {
                let more = ahead.min(MOST_AHEAD - ahead);
                self.ahead.add_permits(more);
                ahead += more;
            }
            let is_full = claims.iter().any(|claim| matches!(claim, Claimed::Full { .. }));
            for (row, claim) in group.into_iter().zip(claims) {
                let sent = match claim {
                    Claimed::Granted => ready.send(row).await.is_ok(),
                    other => {
                        self.ahead.add_permits(1);
                        answers.send(Answered::Claim(other)).await.is_ok()
                    }
                };
                if !sent {
                    return;
                }
            }
            if is_full {
                return;
            }
        }
    }
}

/// Makes the calls of the rows that were granted.
#[derive(Clone)]
struct Caller {
    codes: QrCodes,
    is_stopping: watch::Receiver<bool>,
    brake: Brake,
    ahead: Arc<Semaphore>,
}

/// Stops further calls as soon as nothing can come of them, before the failure was written down.
#[derive(Clone)]
struct Brake {
    stopping: watch::Sender<bool>,
    lost: Arc<AtomicU64>,
    most_unknown: u64,
}

impl Brake {
    fn see(&self, request: &CreateRequest, error: &Error) {
        let is_enough = match Verdict::of(request, error) {
            Verdict::Lost => self.lost.fetch_add(1, Ordering::Relaxed) + 1 >= self.most_unknown,
            Verdict::OfRow => false,
            Verdict::OfAll => true,
        };
        if is_enough {
            self.stopping.send_replace(true);
        }
    }
}

impl Caller {
    /// So many at a time, each by a task that then takes the next row.
    async fn run<R, E>(
        self,
        granted: mpsc::Receiver<R>,
        concurrency: usize,
        answers: mpsc::Sender<Answered<R, E>>,
    ) where
        R: AsRef<CreateRequest> + Send + Sync + 'static,
        E: Send + 'static,
    {
        let granted = Arc::new(Mutex::new(granted));
        // Its calls end with it.
        let mut calls = JoinSet::new();
        for _ in 0..concurrency {
            calls.spawn(self.clone().call(Arc::clone(&granted), answers.clone()));
        }
        drop(answers);
        while calls.join_next().await.is_some() {}
    }

    async fn call<R, E>(
        mut self,
        granted: Arc<Mutex<mpsc::Receiver<R>>>,
        answers: mpsc::Sender<Answered<R, E>>,
    ) where
        R: AsRef<CreateRequest>,
    {
        while let Some(row) = next(&granted).await {
            self.ahead.add_permits(1);
            let answer = create(&self.codes, row.as_ref(), &mut self.is_stopping).await;
            if let Some(Err(error)) = &answer {
                self.brake.see(row.as_ref(), error);
            }
            if answers.send(Answered::Row(row, answer)).await.is_err() {
                return;
            }
        }
    }
}

/// The next row, for one task at a time.
async fn next<R>(granted: &Mutex<mpsc::Receiver<R>>) -> Option<R> {
    granted.lock().await.recv().await
}

/// The longest pause for which a call is kept; what is held back longer ends the run.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// Asks, and waits for the next minute when that of the platform is used up. `None` if there was no call.
async fn create(
    codes: &QrCodes,
    request: &CreateRequest,
    is_stopping: &mut watch::Receiver<bool>,
) -> Option<Result<CreateResponse, Error>> {
    while !*is_stopping.borrow() {
        let answer = codes.create(request).await;
        let Some(pause) = answer.as_ref().err().and_then(Error::pause) else { return Some(answer) };
        // Ready also when nobody is left to stop it, which only happens at the end.
        let _ = tokio::time::timeout(pause.min(LONGEST_PAUSE), is_stopping.wait_for(|it| *it)).await;
    }
    None
}

impl BatchReport {
    fn count_claim(&mut self, claim: &Claimed) {
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
    fn judge<R: AsRef<CreateRequest>>(
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
