use super::{
    connection,
    error::{Failure, RedisOpenError},
    layout::RedisLayout,
};
use crate::millis::millis;
use async_trait::async_trait;
use redis::{Script, aio::ConnectionManager};
use std::{fmt, sync::LazyLock, time::Duration};
use wx_client::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError};
use wx_model::AppId;

/// A [`TokenStore`] whose tokens are also written to Redis, where programs in other languages look for them.
///
/// The store decides, Redis is only told: each token, once published, is written under the keys of the layouts, with the
/// life that it has less a minute. Of two processes that publish one after another the later one's token stays. If Redis
/// is away, nothing fails; the key then ends with its token.
///
/// A program that finds no key fetches a token of its own, which with classic tokens ends this one: let it only read.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use wx_client::Client;
/// use wx_store::{RedisLayout, RedisMirror, SqliteTokenStore};
///
/// let store = SqliteTokenStore::open("tokens.db")?;
/// let mirror = RedisMirror::connect(store, "redis://127.0.0.1/").await?.layout(RedisLayout::wx_java("wx"));
/// let client = Client::builder("wx7a3f00c1d2e3b4a5", std::env::var("WX_APP_SECRET")?).token_store(mirror).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisMirror<S> {
    store: S,
    connection: ConnectionManager,
    layouts: Vec<RedisLayout>,
}

/// Others should look for a new one a little before this one ends.
const EARLIER: Duration = Duration::from_mins(1);

static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("mirror.lua")));

impl<S: TokenStore> RedisMirror<S> {
    /// Mirrors the tokens of this store to the server at this address: `redis://…`, `rediss://…` (TLS) or `unix://…`.
    pub async fn connect(store: S, address: &str) -> Result<Self, RedisOpenError> {
        let connection = connection::open(address).await?;
        Ok(Self { store, connection, layouts: Vec::new() })
    }

    /// Writes each token in this layout, too. Without any, in the [default](RedisLayout::default) one.
    pub fn layout(mut self, layout: RedisLayout) -> Self {
        self.layouts.push(layout);
        self
    }

    async fn mirror(&self, lease: &Lease, new: &NewToken) {
        let default = [RedisLayout::default()];
        let layouts = if self.layouts.is_empty() { &default[..] } else { &self.layouts };
        for layout in layouts {
            if let Err(error) = self.write(layout, lease, new).await {
                tracing::warn!(%error, "the access_token could not be mirrored");
            }
        }
    }

    async fn write(&self, layout: &RedisLayout, lease: &Lease, new: &NewToken) -> Result<(), Failure> {
        let key = layout.key(&lease.account);
        // The braces keep both keys on one node of a cluster.
        let fence_key = format!("wx:fence:{{{key}}}");
        let life = millis(new.expires_in.saturating_sub(EARLIER)).max(1);
        let mut invocation = SCRIPT.key(key);
        invocation.key(fence_key).arg(layout.value(&new.token)).arg(life).arg(lease.fence);
        invocation.invoke_async::<i64>(&mut self.connection.clone()).await?;
        Ok(())
    }
}

#[async_trait]
impl<S: TokenStore> TokenStore for RedisMirror<S> {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        self.store.read(account).await
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        self.store.try_lease(wish).await
    }

    async fn publish(&self, lease: &Lease, token: &NewToken) -> Result<bool, TokenStoreError> {
        let published = self.store.publish(lease, token).await?;
        if published {
            self.mirror(lease, token).await;
        }
        Ok(published)
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        self.store.give_back(lease, setback).await
    }
}

impl<S: fmt::Debug> fmt::Debug for RedisMirror<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisMirror")
            .field("store", &self.store)
            .field("layouts", &self.layouts)
            .finish_non_exhaustive()
    }
}
