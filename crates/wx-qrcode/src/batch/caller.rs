use super::{Answered, brake::Brake};
use crate::{Error, QrCodes};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, Semaphore, mpsc, watch},
    task::JoinSet,
};
use wx_model::{CreateRequest, CreateResponse};

/// Makes the calls of the rows that were granted.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) codes: QrCodes,
    pub(super) is_stopping: watch::Receiver<bool>,
    pub(super) brake: Brake,
    pub(super) ahead: Arc<Semaphore>,
}

impl Caller {
    /// So many at a time, each by a task that then takes the next row.
    pub(super) async fn run<R, E>(
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
pub(super) const LONGEST_PAUSE: Duration = Duration::from_mins(2);

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
