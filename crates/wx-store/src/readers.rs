use crate::{
    SqliteOptions, connection,
    failure::{Failure, Gone},
};
use rusqlite::Connection;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{sync::Semaphore, task::spawn_blocking};
use wx_channel::StoreError;

/// So many connections that read, off the threads of the async runtime. They are opened when first needed.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    options: SqliteOptions,
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf, options: SqliteOptions, connections: usize) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(connections));
        Arc::new(Self { path, options, idle: Mutex::default(), places })
    }

    pub(crate) async fn read<T, Q>(self: &Arc<Self>, query: Q) -> Result<T, StoreError>
    where
        T: Send + 'static,
        Q: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let readers = Arc::clone(self);
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| Gone)?;
        let reading = spawn_blocking(move || {
            let _place = place;
            readers.read_blocking(query)
        });
        reading.await.map_err(|_| Gone)?.map_err(|error| Failure::from(error).to_error())
    }

    /// A connection that failed is not used again.
    fn read_blocking<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let idle = self.idle().pop();
        let connection = idle.map_or_else(|| connection::open_reader(&self.path, &self.options), Ok)?;
        let answer = query(&connection)?;
        self.keep(connection);
        Ok(answer)
    }

    /// For the next read.
    pub(crate) fn keep(&self, connection: Connection) {
        self.idle().push(connection);
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
