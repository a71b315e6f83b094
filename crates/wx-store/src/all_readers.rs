use crate::{SqliteOptions, readers::Readers};
use rusqlite::Connection;
use std::{path::Path, sync::Arc};

/// What is read for long never delays what a push waits for.
#[derive(Debug)]
pub(crate) struct AllReaders {
    /// The channel of a code, which is looked up before each reply.
    pub(crate) lookups: Arc<Readers>,
    /// Counts, which look at every record of an account.
    pub(crate) counts: Arc<Readers>,
    /// Everything else.
    pub(crate) reports: Arc<Readers>,
}

impl AllReaders {
    pub(crate) fn new(path: &Path, options: &SqliteOptions) -> Self {
        let readers = |connections| Readers::new(path.to_owned(), options.clone(), connections);
        Self { lookups: readers(2), counts: readers(1), reports: readers(options.readers) }
    }

    /// With a connection that is open already.
    pub(crate) fn with(self, connection: Connection) -> Self {
        self.reports.keep(connection);
        self
    }
}
