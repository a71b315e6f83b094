use super::store::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError};
use crate::clock::Clock;
use async_trait::async_trait;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use wx_model::{AccessToken, AppId};

/// A [`TokenStore`] of one process, which ends with it: for tests, and for several clients of one account. Clones share
/// everything.
#[derive(Debug, Clone)]
pub struct MemoryTokenStore {
    clock: Clock,
    rows: Arc<Mutex<HashMap<AppId, Row>>>,
}

/// All times are readings of the clock.
#[derive(Debug, Default)]
struct Row {
    token: Option<AccessToken>,
    expires: Duration,
    due: Duration,
    fence: i64,
    owner: Option<String>,
    blocked: Option<(Duration, Duration)>,
    setback: Option<Setback>,
    paid_at: Duration,
}

const MINUTE: Duration = Duration::from_mins(1);
/// By so much a clock may go back without anybody having set it.
const TOLERANCE: Duration = Duration::from_secs(10);

impl MemoryTokenStore {
    /// An empty store.
    pub fn new() -> Self {
        Self { clock: Clock::system(), rows: Arc::default() }
    }

    /// Measures time with this clock, which gives the time since some fixed moment.
    pub fn clock(mut self, now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.clock = self.clock.with_steady(now);
        self
    }

    fn now(&self) -> Duration {
        self.clock.now().steady
    }

    fn rows(&self) -> MutexGuard<'_, HashMap<AppId, Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does this to the row, if the lease is the last one.
    fn with(&self, lease: &Lease, change: impl FnOnce(&mut Row, Duration)) -> bool {
        let mut rows = self.rows();
        let row = rows.get_mut(&lease.account);
        let row = row.filter(|row| row.fence == lease.fence && row.owner.as_ref() == Some(&lease.owner));
        row.map(|row| change(row, self.now())).is_some()
    }
}

impl Default for MemoryTokenStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Row {
    fn is_blocked(&self, now: Duration) -> bool {
        self.blocked.is_some_and(|(from, until)| now + TOLERANCE >= from && now < until)
    }

    fn is_due(&self, now: Duration) -> bool {
        self.token.is_none() || self.due <= now
    }

    fn was_set_back(&self, now: Duration) -> bool {
        self.paid_at > now + 11 * MINUTE
    }

    fn lease(&mut self, wish: &LeaseWish<'_>, now: Duration) -> Option<Lease> {
        let is_refused = wish.refused.is_some() && self.token.as_ref() == wish.refused;
        let has_budget = self.paid_at <= now + 9 * MINUTE || self.was_set_back(now);
        if self.is_blocked(now) || !has_budget || !(self.is_due(now) || is_refused) {
            return None;
        }
        self.fence += 1;
        self.owner = Some(wish.owner.to_owned());
        self.blocked = Some((now, now + wish.length));
        self.setback = None;
        self.paid_at = if self.was_set_back(now) { now } else { self.paid_at.max(now) } + MINUTE;
        Some(Lease::new(wish, self.fence))
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        let now = self.now();
        Ok(self.rows().get(account).map_or_else(TokenRow::default, |row| TokenRow {
            token: row.token.clone().map(|token| (token, row.expires.saturating_sub(now))),
            is_due: row.token.is_some() && row.is_due(now),
            is_held: row.owner.is_some() && row.is_blocked(now),
            setback: row.setback.clone().filter(|_| row.is_blocked(now)),
        }))
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        Ok(self.rows().entry(wish.account.clone()).or_default().lease(wish, self.now()))
    }

    async fn publish(&self, lease: &Lease, new: &NewToken) -> Result<bool, TokenStoreError> {
        Ok(self.with(lease, |row, now| {
            row.token = Some(new.token.clone());
            (row.expires, row.due) = (now + new.expires_in, now + new.due_in);
            (row.owner, row.blocked, row.setback) = (None, None, None);
        }))
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        Ok(self.with(lease, |row, now| {
            (row.owner, row.setback) = (None, Some(setback.clone()));
            row.blocked = Some((now, now + setback.pause));
        }))
    }
}
