mod books;

use crate::{
    AccountId, Appended, Channel, ChannelName, Claim, ClaimRules, Code, CodeLedger, CodeOrder, CodeStore,
    Cursor, Day, DayRow, DedupeKey, EntryCursor, EntryPage, EventStore, LedgerEntry, LedgerQuery, Page,
    Places, Report, ReportQuery, ScanEvent, Settlement, StoreError, ledger, tally,
};
use async_trait::async_trait;
use books::Books;
use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    sync::{Mutex, MutexGuard, PoisonError},
};
use wx_model::{SceneValue, Ticket};

/// A store that forgets everything when it is dropped: for tests, and as the model that other stores are
/// compared with. Every report is counted anew from all events.
#[derive(Debug, Default)]
pub struct MemoryStore {
    accounts: Mutex<HashMap<AccountId, Account>>,
}

#[derive(Debug, Default)]
struct Account {
    events: BTreeMap<(Day, DedupeKey), ScanEvent>,
    channels: BTreeMap<ChannelName, Channel>,
    codes: BTreeMap<Ticket, Code>,
    books: Books,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// No call leaves an account half changed, so a panic elsewhere does no harm to it.
    fn accounts(&self) -> MutexGuard<'_, HashMap<AccountId, Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, account: &AccountId, answer: impl FnOnce(&Account) -> T) -> T {
        match self.accounts().get(account) {
            Some(account) => answer(account),
            None => answer(&Account::default()),
        }
    }
}

impl Account {
    fn append(&mut self, event: &ScanEvent) -> Appended {
        match self.events.entry((event.day(), event.dedupe)) {
            Entry::Occupied(_) => Appended::Duplicate,
            Entry::Vacant(place) => {
                place.insert(event.clone());
                Appended::New
            }
        }
    }

    fn put_code(&mut self, code: &Code) {
        if let Some(name) = &code.channel {
            self.channels.entry(name.clone()).or_insert_with_key(|name| Channel::new(name.clone()));
        }
        self.codes.insert(code.ticket.clone(), code.clone());
    }

    fn settle(&mut self, settlement: &Settlement) {
        if let Settlement::Created(code) = settlement {
            self.put_code(code);
        }
        self.books.settle(settlement);
    }

    fn report(&self, query: &ReportQuery) -> Report {
        tally::report(query, self.channels.values(), self.codes.values(), self.events.values())
    }

    fn scan(&self, after: Option<Cursor>, limit: u32) -> Vec<ScanEvent> {
        let mut events: Vec<_> =
            self.events.values().filter(|event| Some(Cursor::of(event)) > after).collect();
        events.sort_unstable_by_key(|event| Cursor::of(event));
        events.into_iter().take(limit as usize).cloned().collect()
    }
}

#[async_trait]
impl EventStore for MemoryStore {
    async fn append(&self, batch: &[ScanEvent]) -> Result<Vec<Appended>, StoreError> {
        let mut accounts = self.accounts();
        let append = |event: &ScanEvent| accounts.entry(event.account.clone()).or_default().append(event);
        Ok(batch.iter().map(append).collect())
    }

    async fn report(&self, query: &ReportQuery) -> Result<Report, StoreError> {
        Ok(self.read(&query.account, |account| account.report(query)))
    }

    async fn daily(&self, query: &ReportQuery) -> Result<Vec<DayRow>, StoreError> {
        Ok(self.read(&query.account, |account| tally::daily(query, account.events.values())))
    }

    async fn count(&self, account: &AccountId) -> Result<u64, StoreError> {
        Ok(self.read(account, |account| account.events.len() as u64))
    }

    async fn scan(&self, account: &AccountId, after: Option<Cursor>, limit: u32) -> Result<Page, StoreError> {
        Ok(Page::new(self.read(account, |account| account.scan(after, limit)), limit))
    }
}

#[async_trait]
impl CodeStore for MemoryStore {
    async fn put_channel(&self, account: &AccountId, channel: &Channel) -> Result<(), StoreError> {
        let mut accounts = self.accounts();
        accounts.entry(account.clone()).or_default().channels.insert(channel.name.clone(), channel.clone());
        Ok(())
    }

    async fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError> {
        Ok(self.read(account, |account| account.channels.values().cloned().collect()))
    }

    async fn put_code(&self, code: &Code) -> Result<(), StoreError> {
        self.accounts().entry(code.account.clone()).or_default().put_code(code);
        Ok(())
    }

    async fn codes(&self, account: &AccountId) -> Result<Vec<Code>, StoreError> {
        let mut codes: Vec<Code> = self.read(account, |account| account.codes.values().cloned().collect());
        codes.sort_by_key(|code| code.created);
        Ok(codes)
    }

    async fn channel_of(
        &self,
        account: &AccountId,
        scene: &SceneValue,
        ticket: Option<&Ticket>,
    ) -> Result<Option<Channel>, StoreError> {
        Ok(self.read(account, |account| {
            let name = ledger::channel_of(account.codes.values(), scene, ticket)?;
            account.channels.get(name).cloned()
        }))
    }
}

#[async_trait]
impl CodeLedger for MemoryStore {
    async fn plan(&self, orders: &[CodeOrder], now: i64) -> Result<(), StoreError> {
        let mut accounts = self.accounts();
        for order in orders {
            let account = accounts.entry(order.account.clone()).or_default();
            account.books.plan(&account.codes, order, now);
        }
        Ok(())
    }

    async fn claim(
        &self,
        orders: &[CodeOrder],
        rules: &ClaimRules,
        now: i64,
    ) -> Result<Vec<Claim>, StoreError> {
        let mut accounts = self.accounts();
        let claim = |order: &CodeOrder| {
            let account = accounts.entry(order.account.clone()).or_default();
            account.books.claim(&account.codes, order, rules, now)
        };
        Ok(orders.iter().map(claim).collect())
    }

    async fn settle(&self, settlements: &[Settlement]) -> Result<(), StoreError> {
        let mut accounts = self.accounts();
        for settlement in settlements {
            accounts.entry(settlement.account().clone()).or_default().settle(settlement);
        }
        Ok(())
    }

    async fn find(&self, orders: &[CodeOrder]) -> Result<Vec<Option<LedgerEntry>>, StoreError> {
        let find = |order: &CodeOrder| {
            self.read(&order.account, |account| account.books.find(&account.codes, order))
        };
        Ok(orders.iter().map(find).collect())
    }

    async fn entries(
        &self,
        query: &LedgerQuery,
        after: Option<&EntryCursor>,
        limit: u32,
    ) -> Result<EntryPage, StoreError> {
        let entries =
            self.read(&query.account, |account| account.books.entries(&account.codes, query, after, limit));
        Ok(EntryPage::new(entries, limit))
    }

    async fn places(&self, account: &AccountId) -> Result<Places, StoreError> {
        Ok(self.read(account, |account| account.books.places(&account.codes)))
    }
}
