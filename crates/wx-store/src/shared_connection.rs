use crate::{
    failure::{Failure, Gone},
    opened_file::OpenedFile,
};
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::spawn_blocking;
use wx_client::TokenStoreError;

/// One connection for all who share it, used off the threads of the async runtime. For what happens rarely.
#[derive(Debug, Clone)]
pub(crate) struct SharedConnection(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connection: Mutex<Connection>,
    file: OpenedFile,
}

impl SharedConnection {
    pub(crate) fn new(connection: Connection, file: OpenedFile) -> Self {
        Self(Arc::new(Inner { connection: Mutex::new(connection), file }))
    }

    /// Runs it, in as many statements as it likes. What was written into a file that nobody finds again is no success.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, TokenStoreError> {
        let inner = Arc::clone(&self.0);
        let done = spawn_blocking(move || inner.run(work)).await.map_err(|_| Gone)?;
        done.map_err(Into::into)
    }
}

impl Inner {
    fn run<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, Failure> {
        // A panic of an earlier call leaves no half transaction: it was rolled back when it was dropped.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = work(&mut connection)?;
        if self.file.stands() { Ok(answer) } else { Err(Failure::moved(self.file.path())) }
    }
}
