use super::{Answered, BatchJournal, Claimed, MOST_AHEAD};
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc, watch};

/// Claims rows ahead of the calls, a group at a time: a quarter of them, or as many as calls were begun while it wrote down
/// the group before.
pub(super) struct Claimer<J> {
    pub(super) journal: Arc<J>,
    pub(super) is_stopping: watch::Receiver<bool>,
    /// A permit for each row that may be claimed and not yet be asked for.
    pub(super) ahead: Arc<Semaphore>,
}

impl<J: BatchJournal> Claimer<J> {
    pub(super) async fn run(
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

/// What is claimed at once, at least.
fn quarter_of(ahead: usize) -> u32 {
    u32::try_from(ahead / 4).unwrap_or(u32::MAX).max(1)
}
