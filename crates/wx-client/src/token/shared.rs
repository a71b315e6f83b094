use super::{
    failure,
    held::due_after,
    source::{AccessTokenSource, TokenGrant},
    store::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError},
};
use crate::{Error, random::Random};
use async_trait::async_trait;
use std::{sync::Arc, time::Duration};
use tokio::time::{sleep, timeout};
use wx_model::{AccessToken, AppId, ErrCode};

/// How much longer than a lease a process waits for another one's refresh.
const PATIENCE: Duration = Duration::from_secs(5);
/// After so long a process looks whether another one has published a new token.
const LOOK_AGAIN: Duration = Duration::from_mins(1);
/// Between two looks of a process that waits.
const NAPS: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(400)];
/// How long to wait at most before a store that failed is asked again.
const TRIES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(400)];
/// A process that was outrun takes what the other one has published, or, if there is nothing, tries once more.
const ROUNDS: usize = 2;
/// So many times a lease may be refused although nobody holds one: it may have been given back in between.
const SURPRISES: u32 = 3;

/// One token for many processes, kept in a [`TokenStore`]: of all that find it ending or refused, one renews it.
///
/// The others wait for the new one, or go on with the old one while it works. Before anything is renewed, the refused
/// token is compared with the present one. A process that dies while it renews holds the others up for 10 s, the length
/// of its lease; one that is only slow cannot publish any more once another has taken its place. All processes together
/// keep to the budget of one: 10 refreshes at once, one more each minute.
///
/// [`ClientBuilder::token_store`](crate::ClientBuilder::token_store) puts one before the platform. Over another source it
/// is made by hand:
///
/// ```
/// use std::sync::Arc;
/// use wx_client::{Client, FixedToken, MemoryTokenStore, SharedToken};
///
/// let store = Arc::new(MemoryTokenStore::new());
/// let source = SharedToken::new("wx7a3f00c1d2e3b4a5", store, Arc::new(FixedToken::new("76_abc")));
/// let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", source);
/// # let _ = client;
/// ```
///
/// It needs a tokio runtime with time enabled. While the store is out of reach the platform is not asked: the token in
/// use serves to its end.
#[derive(Debug)]
pub struct SharedToken {
    account: AppId,
    store: Arc<dyn TokenStore>,
    source: Arc<dyn AccessTokenSource>,
    random: Random,
    lease: Duration,
}

impl SharedToken {
    pub(crate) const LEASE: Duration = Duration::from_secs(10);

    /// The token of the account in this store, renewed from that source.
    pub fn new(
        account: impl Into<AppId>,
        store: Arc<dyn TokenStore>,
        source: Arc<dyn AccessTokenSource>,
    ) -> Self {
        Self { account: account.into(), store, source, random: Random::system(), lease: Self::LEASE }
    }

    /// Another length of the lease than 10 s. The source has four fifths of it to answer; a process that dies while it
    /// renews holds the others up for all of it.
    pub fn lease(mut self, length: Duration) -> Self {
        self.lease = length;
        self
    }

    pub(crate) fn random(mut self, random: Random) -> Self {
        self.random = random;
        self
    }

    /// The token of the store, or the lease to renew it.
    async fn find(&self, refused: Option<&AccessToken>) -> Result<Found, Error> {
        let owner = format!("{:016x}{:016x}", self.random.number(), self.random.number());
        let wish = LeaseWish::new(&self.account, &owner, self.lease).instead_of(refused);
        let (mut nap, mut surprises) = (NAPS[0], 0);
        loop {
            let row = self.insist(|| self.store.read(&self.account)).await?;
            if !row.is_due && is_usable(&row, refused) {
                return Ok(Found::Token(row));
            }
            if let Some(lease) = self.insist(|| self.store.try_lease(&wish)).await? {
                return Ok(Found::Lease(lease, row.token.map(|(token, _)| token)));
            }
            if is_usable(&row, refused) {
                return Ok(Found::Token(row));
            }
            if !row.is_held {
                surprises += 1;
            }
            if row.setback.is_some() || surprises == SURPRISES {
                return Ok(Found::Token(row));
            }
            sleep(self.random.roll().between(NAPS[0], nap)).await;
            nap = (nap * 2).min(NAPS[1]);
        }
    }

    /// Asks the source and publishes what it gives; gives nothing if this process was outrun.
    async fn renew(
        &self,
        lease: &Lease,
        before: Option<&AccessToken>,
        refused: Option<&AccessToken>,
    ) -> Result<Option<TokenGrant>, Error> {
        let limit = self.lease * 4 / 5;
        let asked = timeout(limit, self.source.token(refused)).await;
        match asked.unwrap_or_else(|late| Err(too_late(late))) {
            Ok(grant) => Ok(self.publish(lease, before, grant).await),
            Err(error) => {
                self.give_back(lease, &error).await;
                Err(error)
            }
        }
    }

    async fn publish(
        &self,
        lease: &Lease,
        before: Option<&AccessToken>,
        grant: TokenGrant,
    ) -> Option<TokenGrant> {
        let due_in = due_after(grant.expires_in, before == Some(&grant.token), self.random.roll());
        let new = NewToken::new(grant.token.clone(), grant.expires_in, due_in);
        match self.insist(|| self.store.publish(lease, &new)).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(
                    "this process was too slow to publish an access_token; another took its place"
                );
                return None;
            }
            // This process has a token; the others will fetch it once the lease has ended.
            Err(error) => tracing::warn!(%error, "the access_token could not be published"),
        }
        Some(grant.look_again_after(LOOK_AGAIN))
    }

    /// A store may be busy for a moment, or its connection may have been lost.
    async fn insist<T, F: Future<Output = Result<T, TokenStoreError>>>(
        &self,
        call: impl Fn() -> F,
    ) -> Result<T, Error> {
        for nap in TRIES {
            match call().await {
                Ok(answer) => return Ok(answer),
                Err(error) => tracing::debug!(%error, "the store of the shared token failed; trying again"),
            }
            sleep(self.random.roll().between(NAPS[0], nap)).await;
        }
        call().await.map_err(unreachable)
    }

    async fn give_back(&self, lease: &Lease, error: &Error) {
        let pause = failure::shared_pause(error);
        let setback = Setback::new(error.errcode().map(ErrCode::get), error.reason(), pause);
        if let Err(error) = self.store.give_back(lease, &setback).await {
            // The lease ends by itself.
            tracing::warn!(%error, "the lease of the access_token could not be given back");
        }
    }
}

#[derive(Debug)]
enum Found {
    /// A row that has a token to work with, or that nobody may renew now.
    Token(TokenRow),
    /// With the token that was there before.
    Lease(Lease, Option<AccessToken>),
}

#[async_trait]
impl AccessTokenSource for SharedToken {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        for _ in 0..ROUNDS {
            let found = timeout(self.lease + PATIENCE, self.find(refused)).await;
            match found.map_err(|_| Error::others_are_slow())?? {
                Found::Token(row) => return granted(row, refused),
                Found::Lease(lease, before) => {
                    if let Some(grant) = self.renew(&lease, before.as_ref(), refused).await? {
                        return Ok(grant);
                    }
                }
            }
        }
        Err(Error::too_slow_to_publish())
    }
}

/// What the row has to give. A token that has ended or was refused is given, too, if nobody may renew it now: the
/// client knows that it is no better than the one it has.
fn granted(row: TokenRow, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
    match (row.token, row.setback) {
        (Some((token, left)), _) if is_good(&token, left, refused) => Ok(shared(token, left)),
        (_, Some(setback)) => Err(Error::setback(setback.errcode, setback.text)),
        (Some((token, left)), None) => Ok(shared(token, left)),
        (None, None) => Err(Error::too_many_refreshes()),
    }
}

fn shared(token: AccessToken, left: Duration) -> TokenGrant {
    TokenGrant::new(token, left).look_again_after(LOOK_AGAIN)
}

fn is_usable(row: &TokenRow, refused: Option<&AccessToken>) -> bool {
    row.token.as_ref().is_some_and(|(token, left)| is_good(token, *left, refused))
}

fn is_good(token: &AccessToken, left: Duration, refused: Option<&AccessToken>) -> bool {
    !left.is_zero() && refused != Some(token)
}

fn unreachable(error: TokenStoreError) -> Error {
    Error::token_source(
        "the store of the shared token failed; see the cause, and that the store is up",
        error,
    )
}

fn too_late(late: tokio::time::error::Elapsed) -> Error {
    Error::token_source("the platform did not answer within the lease of the shared token; try again", late)
}
