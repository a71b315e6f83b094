use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};
use tokio::task::yield_now;
use wx_channel::{
    AccountId, Appended, Channel, ChannelName, Code, CodeStore, Cursor, DayRow, EventStore, Page, Report,
    ReportQuery, ScanEvent, StoreError, async_trait, conformance,
};
use wx_model::{SceneValue, Ticket};

wx_channel::conformance_tests!(OwnStore::open().await);

/// What a stranger writes who has no SQL: lists, and the figures from this crate.
#[derive(Default)]
struct OwnStore {
    tables: Mutex<Tables>,
    /// Looks first and writes later, as one must not.
    is_careless: bool,
    /// Answers every scan with the channel of this name.
    is_stubborn: bool,
}

#[derive(Default)]
struct Tables {
    events: Vec<ScanEvent>,
    channels: BTreeMap<(AccountId, ChannelName), Channel>,
    codes: Vec<Code>,
}

impl OwnStore {
    /// Stores elsewhere are opened over a network.
    async fn open() -> Box<Self> {
        yield_now().await;
        Box::default()
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap()
    }
}

impl Tables {
    fn has(&self, event: &ScanEvent) -> bool {
        let key = |event: &ScanEvent| (event.account.clone(), event.day(), event.dedupe);
        self.events.iter().any(|known| key(known) == key(event))
    }

    fn append(&mut self, event: &ScanEvent) -> Appended {
        if self.has(event) {
            return Appended::Duplicate;
        }
        self.events.push(event.clone());
        Appended::New
    }

    fn channels(&self, account: &AccountId) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(move |((owner, _), _)| owner == account).map(|(_, channel)| channel)
    }

    fn codes(&self, account: &AccountId) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(move |code| code.account == *account)
    }
}

#[async_trait]
impl EventStore for OwnStore {
    async fn append(&self, batch: &[ScanEvent]) -> Result<Vec<Appended>, StoreError> {
        if self.is_careless && batch.iter().all(|event| !self.tables().has(event)) {
            yield_now().await;
            self.tables().events.extend_from_slice(batch);
            return Ok(vec![Appended::New; batch.len()]);
        }
        let mut tables = self.tables();
        Ok(batch.iter().map(|event| tables.append(event)).collect())
    }

    async fn report(&self, query: &ReportQuery) -> Result<Report, StoreError> {
        let tables = self.tables();
        Ok(wx_channel::report(query, tables.channels(&query.account), &tables.codes, &tables.events))
    }

    async fn daily(&self, query: &ReportQuery) -> Result<Vec<DayRow>, StoreError> {
        Ok(wx_channel::daily(query, &self.tables().events))
    }

    async fn count(&self, account: &AccountId) -> Result<u64, StoreError> {
        Ok(self.tables().events.iter().filter(|event| event.account == *account).count() as u64)
    }

    async fn scan(&self, account: &AccountId, after: Option<Cursor>, limit: u32) -> Result<Page, StoreError> {
        let mut events = self.tables().events.clone();
        events.retain(|event| event.account == *account && Some(Cursor::of(event)) > after);
        events.sort_by_key(Cursor::of);
        events.truncate(limit as usize);
        Ok(Page::new(events, limit))
    }
}

#[async_trait]
impl CodeStore for OwnStore {
    async fn put_channel(&self, account: &AccountId, channel: &Channel) -> Result<(), StoreError> {
        let key = (account.clone(), channel.name.clone());
        self.tables().channels.insert(key, channel.clone());
        Ok(())
    }

    async fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError> {
        Ok(self.tables().channels(account).cloned().collect())
    }

    async fn put_code(&self, code: &Code) -> Result<(), StoreError> {
        let mut tables = self.tables();
        if let Some(name) = &code.channel {
            let key = (code.account.clone(), name.clone());
            tables.channels.entry(key).or_insert_with(|| Channel::new(name.clone()));
        }
        tables.codes.retain(|known| (&known.account, &known.ticket) != (&code.account, &code.ticket));
        tables.codes.push(code.clone());
        Ok(())
    }

    async fn codes(&self, account: &AccountId) -> Result<Vec<Code>, StoreError> {
        let mut codes: Vec<_> = self.tables().codes(account).cloned().collect();
        codes.sort_by_key(|code| (code.created, code.ticket.clone()));
        Ok(codes)
    }

    async fn channel_of(
        &self,
        account: &AccountId,
        scene: &SceneValue,
        ticket: Option<&Ticket>,
    ) -> Result<Option<Channel>, StoreError> {
        let tables = self.tables();
        if self.is_stubborn {
            return Ok(tables.channels(account).next().cloned());
        }
        let name = wx_channel::channel_of(tables.codes(account), scene, ticket);
        Ok(name.and_then(|name| tables.channels.get(&(account.clone(), name.clone())).cloned()))
    }
}

#[tokio::test]
#[should_panic(expected = "answers to one event at the same time")]
async fn a_store_that_looks_before_it_writes_is_found_out() {
    let careless = OwnStore { is_careless: true, ..OwnStore::default() };
    conformance::deliveries_at_the_same_time_are_one(&careless).await;
}

/// And it says so with the smallest history.
#[test]
#[should_panic(expected = "minimal failing input")]
fn a_store_that_is_wrong_only_sometimes_is_found_out() {
    conformance::random_histories(|history| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let stubborn = OwnStore { is_stubborn: true, ..OwnStore::default() };
        runtime.block_on(conformance::agree(&OwnStore::default(), &stubborn, history));
    });
}
