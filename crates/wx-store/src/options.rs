use std::time::Duration;

/// How a [`SqliteStore`](crate::SqliteStore) uses its file.
///
/// ```
/// use wx_store::SqliteOptions;
///
/// let options = SqliteOptions::default().max_bytes(10 * 1024 * 1024 * 1024);
/// # let _ = options;
/// ```
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    pub(crate) busy_timeout: Duration,
    pub(crate) max_bytes: Option<u64>,
    pub(crate) readers: usize,
}

impl Default for SqliteOptions {
    /// Waits 3 s for other processes, grows without a limit, reads up to 4 reports at a time.
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(3), max_bytes: None, readers: 4 }
    }
}

impl SqliteOptions {
    /// How long to wait for another process that writes; then the call fails as
    /// [`Retry`](wx_channel::StoreError::Retry). Stay below the 5 s within which a push must be answered.
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// The largest size of the database file in bytes, without its log; beyond it writes fail as
    /// [`Full`](wx_channel::StoreError::Full).
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = Some(bytes);
        self
    }

    /// How many reports may be read at the same time, at least 1. What a reply to a push needs is read beside them, so
    /// that no report delays it.
    pub fn readers(mut self, count: usize) -> Self {
        self.readers = count.max(1);
        self
    }
}
