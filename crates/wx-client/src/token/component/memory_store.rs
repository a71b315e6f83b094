use super::store::ComponentStore;
use crate::token::store::TokenStoreError;
use async_trait::async_trait;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use wx_model::{AppId, AuthorizerRefreshToken, VerifyTicket};

/// A [`ComponentStore`] that ends with the process: for tests. A real one that is lost makes every owner authorise anew.
/// Clones share everything.
#[derive(Debug, Clone, Default)]
pub struct MemoryComponentStore(Arc<Mutex<BTreeMap<AppId, Row>>>);

#[derive(Debug, Default)]
struct Row {
    ticket: Option<(VerifyTicket, i64)>,
    accounts: BTreeMap<AppId, AuthorizerRefreshToken>,
}

impl MemoryComponentStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn rows(&self) -> MutexGuard<'_, BTreeMap<AppId, Row>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl ComponentStore for MemoryComponentStore {
    async fn verify_ticket(&self, component: &AppId) -> Result<Option<VerifyTicket>, TokenStoreError> {
        let rows = self.rows();
        Ok(rows.get(component).and_then(|row| row.ticket.as_ref()).map(|(ticket, _)| ticket.clone()))
    }

    async fn put_verify_ticket(
        &self,
        component: &AppId,
        ticket: &VerifyTicket,
        created: i64,
    ) -> Result<(), TokenStoreError> {
        let mut rows = self.rows();
        let row = rows.entry(component.clone()).or_default();
        if row.ticket.as_ref().is_none_or(|(_, there)| created >= *there) {
            row.ticket = Some((ticket.clone(), created));
        }
        Ok(())
    }

    async fn refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
    ) -> Result<Option<AuthorizerRefreshToken>, TokenStoreError> {
        Ok(self.rows().get(component).and_then(|row| row.accounts.get(account).cloned()))
    }

    async fn put_refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
        token: &AuthorizerRefreshToken,
        before: Option<&AuthorizerRefreshToken>,
    ) -> Result<bool, TokenStoreError> {
        let mut rows = self.rows();
        let row = rows.entry(component.clone()).or_default();
        let may = before.is_none() || row.accounts.get(account) == before;
        if may {
            row.accounts.insert(account.clone(), token.clone());
        }
        Ok(may)
    }

    async fn forget(&self, component: &AppId, account: &AppId) -> Result<(), TokenStoreError> {
        if let Some(row) = self.rows().get_mut(component) {
            row.accounts.remove(account);
        }
        Ok(())
    }

    async fn accounts(&self, component: &AppId) -> Result<Vec<AppId>, TokenStoreError> {
        let rows = self.rows();
        Ok(rows.get(component).map(|row| row.accounts.keys().cloned().collect()).unwrap_or_default())
    }
}
