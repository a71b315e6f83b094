use super::TokenStoreRig;
use crate::{Lease, LeaseWish, NewToken, TokenRow};
use std::time::Duration;
use wx_model::{AccessToken, AppId};

pub(super) const SECOND: i64 = 1000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const LEASE: Duration = Duration::from_secs(10);

pub(super) fn account() -> AppId {
    AppId::new("wx7a3f00c1d2e3b4a5")
}

pub(super) fn token(text: &str) -> AccessToken {
    AccessToken::new(text)
}

/// A token that works for two hours and is due ten minutes before their end.
pub(super) fn new(text: &str) -> NewToken {
    NewToken::new(token(text), Duration::from_hours(2), Duration::from_mins(110))
}

/// What a test does with its one account.
pub(super) struct Hand<'a>(pub(super) &'a dyn TokenStoreRig);

impl Hand<'_> {
    pub(super) async fn lease(&self, owner: &str) -> Option<Lease> {
        self.lease_instead_of(owner, None).await
    }

    pub(super) async fn lease_instead_of(&self, owner: &str, refused: Option<&str>) -> Option<Lease> {
        let (account, refused) = (account(), refused.map(token));
        let wish = LeaseWish::new(&account, owner, LEASE).instead_of(refused.as_ref());
        self.0.store().try_lease(&wish).await.unwrap()
    }

    pub(super) async fn publish(&self, lease: &Lease, text: &str) -> bool {
        self.0.store().publish(lease, &new(text)).await.unwrap()
    }

    pub(super) async fn read(&self) -> TokenRow {
        self.0.store().read(&account()).await.unwrap()
    }

    /// The present token, whatever is left of it.
    pub(super) async fn token(&self) -> Option<AccessToken> {
        self.read().await.token.map(|(token, _)| token)
    }

    pub(super) async fn pass(&self, millis: i64) {
        self.0.pass(&account(), millis).await;
    }
}
