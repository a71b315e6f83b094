use crate::{
    OpenError, SqliteOptions,
    all_readers::AllReaders,
    connection,
    failure::{Failure, Gone},
    ledger, row, sql,
    writer::{Write, Writer, Written},
};
use async_trait::async_trait;
use rusqlite::{OptionalExtension, params};
use std::path::Path;
use wx_channel::{
    AccountId, Appended, Channel, Claim, ClaimRules, Code, CodeLedger, CodeOrder, CodeStore, Cursor, Day,
    DayRow, EntryCursor, EntryPage, EventStore, LedgerEntry, LedgerQuery, Page, Places, Report, ReportQuery,
    ScanEvent, Settlement, StoreError,
};
use wx_model::{SceneValue, Ticket};

/// A store in one SQLite file, with a write-ahead log beside it. Several processes may use the same file.
///
/// What [`append`](EventStore::append) answered has been synced to the disk. After an error of the disk, or once the
/// file was removed or replaced (seen on Unix), nothing more is accepted ([`StoreError::Fatal`]): end the process and
/// open the file anew. Dropping the store blocks until everything accepted is written.
///
/// Its calls must be awaited within a tokio runtime.
#[derive(Debug)]
pub struct SqliteStore {
    // Dropped first: the last connection to close folds the log into the file, and only a writer can.
    readers: AllReaders,
    // None: opened for reading only.
    writer: Option<Writer>,
}

impl SqliteStore {
    /// Opens or creates the file, and brings its schema up to date.
    ///
    /// Blocks: it reads and syncs the disk, and waits when another process holds the file. Within an async program,
    /// call it before the work begins or through `spawn_blocking`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path, &SqliteOptions::default())
    }

    /// Opens or creates the file with options. Blocks as [`open`](Self::open) does.
    pub fn open_with(path: impl AsRef<Path>, options: &SqliteOptions) -> Result<Self, OpenError> {
        let path = path.as_ref();
        let (connection, file) = connection::open_writer(path, options)?;
        let readers = AllReaders::new(file.path(), options);
        let writer = Writer::start(connection, file).map_err(|error| OpenError::other(path, error))?;
        Ok(Self { readers, writer: Some(writer) })
    }

    /// Opens a file that exists and is up to date, for reading alone: it is neither created nor migrated nor written,
    /// and what would write is refused as [`StoreError::Fatal`]. Another process may write the file meanwhile.
    ///
    /// Whoever reads must be allowed to read the file. SQLite coordinates readers and writers in the `-wal` and
    /// `-shm` files beside it and adds them when no process has the file open, so this user must also be allowed to
    /// write in its folder, or another process must have the file open; otherwise this fails as
    /// [`Unreadable`](crate::OpenErrorKind::Unreadable). To read an archive on a read-only disk, copy it first.
    /// Files that were added this way stay and belong to this user, so read as the user of the service.
    ///
    /// Blocks as [`open`](Self::open) does.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let options = SqliteOptions::default();
        let (connection, file) = connection::open_checked_reader(path.as_ref(), &options)?;
        Ok(Self { readers: AllReaders::new(&file, &options).with(connection), writer: None })
    }

    async fn write(&self, write: Write) -> Result<Written, StoreError> {
        match &self.writer {
            Some(writer) => writer.write(write).await,
            None => Err(Failure::ReadOnly.to_error()),
        }
    }
}

#[async_trait]
impl EventStore for SqliteStore {
    async fn append(&self, batch: &[ScanEvent]) -> Result<Vec<Appended>, StoreError> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        match self.write(Write::Events(batch.to_vec())).await? {
            Written::Events(appended) => Ok(appended),
            _ => Err(Gone.into()),
        }
    }

    async fn report(&self, query: &ReportQuery) -> Result<Report, StoreError> {
        let wanted = query.clone();
        let rows = self.readers.reports.read(move |connection| {
            let bounds =
                params![wanted.account.as_str(), wanted.days.first().number(), wanted.days.last().number()];
            connection.prepare_cached(sql::REPORT)?.query_map(bounds, row::report_row)?.collect()
        });
        Ok(Report::new(query, rows.await?))
    }

    async fn daily(&self, query: &ReportQuery) -> Result<Vec<DayRow>, StoreError> {
        let wanted = query.clone();
        let rows = self.readers.reports.read(move |connection| {
            let bounds =
                params![wanted.account.as_str(), wanted.days.first().number(), wanted.days.last().number()];
            connection.prepare_cached(sql::DAILY)?.query_map(bounds, row::day_row)?.collect()
        });
        rows.await
    }

    async fn count(&self, account: &AccountId) -> Result<u64, StoreError> {
        let account = account.clone();
        let count = self.readers.counts.read(move |connection| {
            let mut statement = connection.prepare_cached(sql::COUNT_EVENTS)?;
            statement.query_row([account.as_str()], |row| row::count(row, 0))
        });
        count.await
    }

    async fn scan(&self, account: &AccountId, after: Option<Cursor>, limit: u32) -> Result<Page, StoreError> {
        let account = account.clone();
        let events = self.readers.reports.read(move |connection| {
            // An empty key lies before every key.
            let (created, dedupe) =
                after.as_ref().map_or((i64::MIN, &[][..]), |at| (at.created, at.dedupe.as_bytes()));
            let day = Day::from_unix_seconds(created).number();
            let bounds = params![account.as_str(), day, created, dedupe, limit];
            connection.prepare_cached(sql::SCAN_EVENTS)?.query_map(bounds, row::event)?.collect()
        });
        Ok(Page::new(events.await?, limit))
    }
}

#[async_trait]
impl CodeStore for SqliteStore {
    async fn put_channel(&self, account: &AccountId, channel: &Channel) -> Result<(), StoreError> {
        self.write(Write::Channel(account.clone(), channel.clone())).await.map(drop)
    }

    async fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError> {
        let account = account.clone();
        let channels = self.readers.reports.read(move |connection| {
            connection.prepare_cached(sql::CHANNELS)?.query_map([account.as_str()], row::channel)?.collect()
        });
        channels.await
    }

    async fn put_code(&self, code: &Code) -> Result<(), StoreError> {
        self.write(Write::Code(code.clone())).await.map(drop)
    }

    async fn codes(&self, account: &AccountId) -> Result<Vec<Code>, StoreError> {
        let account = account.clone();
        let codes = self.readers.reports.read(move |connection| {
            connection.prepare_cached(sql::CODES)?.query_map([account.as_str()], row::code)?.collect()
        });
        codes.await
    }

    async fn channel_of(
        &self,
        account: &AccountId,
        scene: &SceneValue,
        ticket: Option<&Ticket>,
    ) -> Result<Option<Channel>, StoreError> {
        let (account, scene, ticket) = (account.clone(), scene.clone(), ticket.cloned());
        let channel = self.readers.lookups.read(move |connection| {
            let key = params![account.as_str(), scene.as_str(), ticket.as_ref().map(Ticket::as_str)];
            connection.prepare_cached(sql::CHANNEL_OF)?.query_row(key, row::channel).optional()
        });
        channel.await
    }
}

#[async_trait]
impl CodeLedger for SqliteStore {
    async fn plan(&self, orders: &[CodeOrder], now: i64) -> Result<(), StoreError> {
        self.write(Write::Plan(orders.to_vec(), now)).await.map(drop)
    }

    async fn claim(
        &self,
        orders: &[CodeOrder],
        rules: &ClaimRules,
        now: i64,
    ) -> Result<Vec<Claim>, StoreError> {
        match self.write(Write::Claims(orders.to_vec(), *rules, now)).await? {
            Written::Claims(claims) => Ok(claims),
            _ => Err(Gone.into()),
        }
    }

    async fn settle(&self, settlements: &[Settlement]) -> Result<(), StoreError> {
        self.write(Write::Settlements(settlements.to_vec())).await.map(drop)
    }

    async fn find(&self, orders: &[CodeOrder]) -> Result<Vec<Option<LedgerEntry>>, StoreError> {
        let orders = orders.to_vec();
        let found = self.readers.reports.read(move |connection| ledger::find_all(connection, &orders));
        found.await
    }

    async fn entries(
        &self,
        query: &LedgerQuery,
        after: Option<&EntryCursor>,
        limit: u32,
    ) -> Result<EntryPage, StoreError> {
        let (query, after) = (query.clone(), after.cloned());
        let entries = self
            .readers
            .reports
            .read(move |connection| ledger::entries(connection, &query, after.as_ref(), limit));
        Ok(EntryPage::new(entries.await?, limit))
    }

    async fn places(&self, account: &AccountId) -> Result<Places, StoreError> {
        let account = account.clone();
        self.readers.counts.read(move |connection| ledger::places(connection, &account)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::{Arc, mpsc},
        time::Duration,
    };
    use tokio::task::JoinHandle;
    use wx_channel::conformance::account;

    /// Takes the only connection for reports until the sender sends; says whether it did, or was waited for in vain.
    async fn hold_reports(store: &SqliteStore) -> (mpsc::Sender<()>, JoinHandle<bool>) {
        let (release, released) = mpsc::channel();
        let (running, reads) = tokio::sync::oneshot::channel();
        let reports = Arc::clone(&store.readers.reports);
        let report = tokio::spawn(async move {
            let long = reports.read(move |_| {
                running.send(()).unwrap();
                Ok(released.recv_timeout(Duration::from_secs(20)).is_ok())
            });
            long.await.unwrap()
        });
        reads.await.unwrap();
        (release, report)
    }

    #[tokio::test]
    async fn a_long_report_delays_no_reply() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteOptions::default().readers(1);
        let store = SqliteStore::open_with(folder.path().join("wx.db"), &options).unwrap();
        let (release, report) = hold_reports(&store).await;
        let scene = SceneValue::from("shop-042");
        assert_eq!(store.channel_of(&account(), &scene, None).await.unwrap(), None);
        assert_eq!(store.count(&account()).await.unwrap(), 0);
        // Had they waited for the report, it would have ended before this.
        release.send(()).unwrap();
        assert!(report.await.unwrap());
    }
}
