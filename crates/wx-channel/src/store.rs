use crate::{AccountId, Channel, Code, DayRow, DedupeKey, Report, ReportQuery, ScanEvent, StoreError};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use wx_model::{SceneValue, Ticket};

/// Everything that the service needs; held as `Arc<dyn Store>`. Implemented for every type that is both.
pub trait Store: EventStore + CodeStore {}

impl<S: EventStore + CodeStore + ?Sized> Store for S {}

/// Where pushes are recorded, each once, and counted.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// Records a batch in one transaction, and says for each event, in order, whether it is new. What was
    /// answered is durable: it survives the end of the process and of the machine. On an error none of the batch
    /// counts as recorded; the same batch may be sent again.
    ///
    /// An event with the account, day and dedupe key of an earlier one is a duplicate, also within the batch; the
    /// earlier one stays as it is. A dropped future may have recorded its batch.
    async fn append(&self, batch: &[ScanEvent]) -> Result<Vec<Appended>, StoreError>;

    /// The figures per channel, as the [crate documentation](crate#what-the-figures-mean) defines them.
    async fn report(&self, query: &ReportQuery) -> Result<Report, StoreError>;

    /// The figures of the whole account per day, oldest first; days without any figure are left out.
    async fn daily(&self, query: &ReportQuery) -> Result<Vec<DayRow>, StoreError>;

    /// How many pushes of the account are recorded.
    async fn count(&self, account: &AccountId) -> Result<u64, StoreError>;

    /// The recorded pushes of the account by (`created`, `dedupe`), at most `limit` of them, from the first one
    /// after the cursor. An event that is appended meanwhile appears if it lies after the cursor; none appears
    /// twice.
    ///
    /// The limit is at least 1: a page for 0 is empty and has no successor, as if the end were reached.
    async fn scan(&self, account: &AccountId, after: Option<Cursor>, limit: u32) -> Result<Page, StoreError>;
}

/// Where channels and codes are kept.
#[async_trait]
pub trait CodeStore: Send + Sync {
    /// Creates the channel, or replaces the one of that name.
    async fn put_channel(&self, account: &AccountId, channel: &Channel) -> Result<(), StoreError>;

    /// The channels of the account by name, in the order of their bytes.
    async fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError>;

    /// Records the code, or replaces the one with that ticket. A channel that does not exist yet is created
    /// without texts. Figures follow at once, also for scans that were recorded before.
    async fn put_code(&self, code: &Code) -> Result<(), StoreError>;

    /// The codes of the account, oldest first, then by ticket.
    async fn codes(&self, account: &AccountId) -> Result<Vec<Code>, StoreError>;

    /// The channel of a scan: that of the code with this ticket, else that of the newest code with this scene
    /// (of equal age: with the greater ticket); codes without a channel are passed over.
    async fn channel_of(
        &self,
        account: &AccountId,
        scene: &SceneValue,
        ticket: Option<&Ticket>,
    ) -> Result<Option<Channel>, StoreError>;
}

/// What became of one event of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "an event is new or it is not")]
pub enum Appended {
    /// It was recorded.
    New,
    /// It had been recorded before.
    Duplicate,
}

/// The place of an event in the order of [`EventStore::scan`]; may be kept, to go on another day.
///
/// Not `#[non_exhaustive]`: a store that forgets a part of the order must not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cursor {
    /// `created` of the event.
    pub created: i64,
    /// Its key.
    pub dedupe: DedupeKey,
}

impl Cursor {
    /// The place of that event.
    pub fn of(event: &ScanEvent) -> Self {
        Self { created: event.created, dedupe: event.dedupe }
    }
}

/// Some events in order, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Page {
    /// The events.
    pub events: Vec<ScanEvent>,
    /// The cursor for the next page; `None` at the end.
    pub next: Option<Cursor>,
}

impl Page {
    /// A page out of what came when `limit` events were asked for: a full page may have a successor.
    pub fn new(events: Vec<ScanEvent>, limit: u32) -> Self {
        let full = u32::try_from(events.len()).is_ok_and(|count| count >= limit);
        let next = events.last().filter(|_| full).map(Cursor::of);
        Self { events, next }
    }
}
