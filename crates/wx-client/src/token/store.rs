use async_trait::async_trait;
use std::{error::Error, fmt::Debug, sync::Arc, time::Duration};
use wx_model::{AccessToken, AppId};

/// What went wrong below a [`TokenStore`]. It must hold no token, and neither must its sources.
pub type TokenStoreError = Box<dyn Error + Send + Sync>;

/// One row for each account, which several processes share: the present token, and who may replace it.
///
/// A process that finds the token ending, or refused, takes a lease; while it lasts nobody else gets one. It asks the
/// platform and publishes what it got. If it was so slow that another process has taken a lease after it, its
/// number (the fence) is no longer the last, and nothing is published. Each call is one statement or transaction. All
/// times are read from the clock of the store, which is the same for all who share it.
///
/// Used by [`SharedToken`](crate::SharedToken); what an implementation must keep is checked by the conformance suite
/// (feature `conformance`). There are [`MemoryTokenStore`](crate::MemoryTokenStore) and, in `wx-store`, SQLite,
/// PostgreSQL and Redis.
#[async_trait]
pub trait TokenStore: Send + Sync + Debug {
    /// The row of the account, an empty one if there is none. Changes nothing.
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError>;

    /// Takes the lease of the account, if three things hold together:
    ///
    /// - there is no token, or it is due, or it is the one that was `refused`;
    /// - nobody holds a lease, and no [`Setback`] lasts. Either counts only between its begin and its end: if the clock
    ///   was set back to before the begin (by more than 10 seconds), it is over;
    /// - the budget has something left: 10 leases at once, one more each minute. Each lease moves the time at which all
    ///   are paid for by a minute, from now if it lies in the past; it must not lie more than 9 minutes ahead. If it lies
    ///   more than 11 minutes ahead, the clock was set back, and nothing is owed.
    ///
    /// The lease has the next number (fence) of the account, and adds to the budget.
    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError>;

    /// Replaces the token and gives the lease back, if the lease is still the last one that was taken; otherwise
    /// answers `false` and changes nothing. A lease that has ended is still the last one until another is taken.
    async fn publish(&self, lease: &Lease, token: &NewToken) -> Result<bool, TokenStoreError>;

    /// Gives the lease back without a token, if it is still the last one; nobody gets another one for the pause of the
    /// setback.
    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError>;
}

#[async_trait]
impl<T: TokenStore + ?Sized> TokenStore for Arc<T> {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        (**self).read(account).await
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        (**self).try_lease(wish).await
    }

    async fn publish(&self, lease: &Lease, token: &NewToken) -> Result<bool, TokenStoreError> {
        (**self).publish(lease, token).await
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        (**self).give_back(lease, setback).await
    }
}

/// What stands in a [`TokenStore`] for an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenRow {
    /// The token that was published last, and how long it still works: nothing once it has ended.
    pub token: Option<(AccessToken, Duration)>,
    /// Whether there is a token and the time has come to replace it.
    pub is_due: bool,
    /// Whether somebody holds a lease now.
    pub is_held: bool,
    /// Why the last refresh failed, while its pause lasts.
    pub setback: Option<Setback>,
}

impl TokenRow {
    /// A row with this token, neither due nor held.
    pub fn with_token(token: AccessToken, expires_in: Duration) -> Self {
        Self { token: Some((token, expires_in)), ..Self::default() }
    }
}

/// Who asks for a lease, and why.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LeaseWish<'a> {
    /// Whose token it is.
    pub account: &'a AppId,
    /// A name that nobody else uses.
    pub owner: &'a str,
    /// How long it is wanted.
    pub length: Duration,
    /// The token that the platform refused.
    pub refused: Option<&'a AccessToken>,
}

impl<'a> LeaseWish<'a> {
    /// A lease for replacing a token that is due.
    pub fn new(account: &'a AppId, owner: &'a str, length: Duration) -> Self {
        Self { account, owner, length, refused: None }
    }

    /// Also if this is the present token, which the platform refused.
    pub fn instead_of(mut self, refused: Option<&'a AccessToken>) -> Self {
        self.refused = refused;
        self
    }
}

/// The right to replace the token of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lease {
    /// Whose token it is.
    pub account: AppId,
    /// Who holds it.
    pub owner: String,
    /// Its number: greater than that of every lease of the account before.
    pub fence: i64,
}

impl Lease {
    /// What [`TokenStore::try_lease`] gives.
    pub fn new(wish: &LeaseWish<'_>, fence: i64) -> Self {
        Self { account: wish.account.clone(), owner: wish.owner.to_owned(), fence }
    }
}

/// A token to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewToken {
    /// For the calls.
    pub token: AccessToken,
    /// How long it works.
    pub expires_in: Duration,
    /// After what time it is to be replaced.
    pub due_in: Duration,
}

impl NewToken {
    /// A token that works for so long and is to be replaced after that time.
    pub fn new(token: AccessToken, expires_in: Duration, due_in: Duration) -> Self {
        Self { token, expires_in, due_in }
    }
}

/// Why a refresh failed, for all who share the token.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setback {
    /// The return code (全局返回码), if the platform refused.
    pub errcode: Option<i64>,
    /// What is wrong, without secrets: what the platform wrote, or the whole error. At most 300 bytes.
    pub text: String,
    /// How long nobody is to try again.
    pub pause: Duration,
}

impl Setback {
    /// A setback with this pause. The text is cut to 300 bytes.
    pub fn new(errcode: Option<i64>, text: impl Into<String>, pause: Duration) -> Self {
        let mut text = text.into();
        text.truncate(text.floor_char_boundary(LONGEST_TEXT));
        Self { errcode, text, pause }
    }
}

const LONGEST_TEXT: usize = 300;
