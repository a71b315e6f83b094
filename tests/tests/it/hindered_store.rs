//! A database on a bad day.

use async_trait::async_trait;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::{Notify, Semaphore};
use wx_channel::{
    AccountId, Appended, Channel, Code, CodeStore, Cursor, DayRow, EventStore, Page, Report, ReportQuery,
    ScanEvent, StoreError,
};
use wx_model::{SceneValue, Ticket};
use wx_store::SqliteStore;

/// Hands everything on to the real store, but fails or holds up what is appended.
pub(crate) struct HinderedStore {
    inner: Arc<SqliteStore>,
    hindrance: Arc<Hindrance>,
}

/// What is in the way.
pub(crate) struct Hindrance {
    /// So many appends fail before anything is written.
    failures: AtomicUsize,
    /// Each append needs one permit.
    gate: Semaphore,
    /// An append waits at the gate.
    pub(crate) arrived: Notify,
}

impl Hindrance {
    /// The next appends fail.
    pub(crate) fn failing(count: usize) -> Arc<Self> {
        Arc::new(Self {
            failures: count.into(),
            gate: Semaphore::new(Semaphore::MAX_PERMITS),
            arrived: Notify::new(),
        })
    }

    /// Appends wait until [`open`](Self::open).
    pub(crate) fn closed() -> Arc<Self> {
        Arc::new(Self { failures: 0.into(), gate: Semaphore::new(0), arrived: Notify::new() })
    }

    /// Lets one append through.
    pub(crate) fn open(&self) {
        self.gate.add_permits(1);
    }

    pub(crate) fn of(self: Arc<Self>, inner: Arc<SqliteStore>) -> Arc<HinderedStore> {
        Arc::new(HinderedStore { inner, hindrance: self })
    }
}

#[async_trait]
impl EventStore for HinderedStore {
    async fn append(&self, batch: &[ScanEvent]) -> Result<Vec<Appended>, StoreError> {
        self.hindrance.arrived.notify_one();
        let _permit = self.hindrance.gate.acquire().await.expect("the gate is never taken away");
        let one_less = |left: usize| left.checked_sub(1);
        if self.hindrance.failures.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok() {
            return Err(StoreError::Retry("somebody else holds the database".into()));
        }
        self.inner.append(batch).await
    }

    async fn report(&self, query: &ReportQuery) -> Result<Report, StoreError> {
        self.inner.report(query).await
    }

    async fn daily(&self, query: &ReportQuery) -> Result<Vec<DayRow>, StoreError> {
        self.inner.daily(query).await
    }

    async fn count(&self, account: &AccountId) -> Result<u64, StoreError> {
        self.inner.count(account).await
    }

    async fn scan(&self, account: &AccountId, after: Option<Cursor>, limit: u32) -> Result<Page, StoreError> {
        self.inner.scan(account, after, limit).await
    }
}

#[async_trait]
impl CodeStore for HinderedStore {
    async fn put_channel(&self, account: &AccountId, channel: &Channel) -> Result<(), StoreError> {
        self.inner.put_channel(account, channel).await
    }

    async fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError> {
        self.inner.channels(account).await
    }

    async fn put_code(&self, code: &Code) -> Result<(), StoreError> {
        self.inner.put_code(code).await
    }

    async fn codes(&self, account: &AccountId) -> Result<Vec<Code>, StoreError> {
        self.inner.codes(account).await
    }

    async fn channel_of(
        &self,
        account: &AccountId,
        scene: &SceneValue,
        ticket: Option<&Ticket>,
    ) -> Result<Option<Channel>, StoreError> {
        self.inner.channel_of(account, scene, ticket).await
    }
}
