use super::{
    connection,
    error::{Failure, RedisOpenError},
};
use crate::millis::millis;
use async_trait::async_trait;
use redis::{FromRedisValue, Script, ScriptInvocation, aio::ConnectionManager};
use std::{fmt, sync::LazyLock, time::Duration};
use wx_client::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError};
use wx_model::{AccessToken, AppId};

/// The access_tokens of accounts in Redis, shared by the processes of any number of machines.
///
/// Each call is one script, which nothing interrupts; times are read from the clock of the server. A row is a hash under
/// `wx:token:{APPID}`. Redis may lose what it has answered (a restart without `appendfsync always`, a fail-over): then
/// a token is fetched once more, which a stable token does not mind. For classic tokens, and for what a third-party
/// platform must not lose, take a database. Clones share one connection, which is made anew when it breaks.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use wx_client::Client;
/// use wx_store::RedisTokenStore;
///
/// let store = RedisTokenStore::connect("rediss://wx:password@cache.example.com/0").await?;
/// // The same in every process.
/// let client = Client::builder("wx7a3f00c1d2e3b4a5", std::env::var("WX_APP_SECRET")?).token_store(store).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisTokenStore {
    connection: ConnectionManager,
}

static READ: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("read.lua")));
static LEASE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("lease.lua")));
static PUBLISH: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("publish.lua")));
static GIVE_BACK: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("give_back.lua")));

impl RedisTokenStore {
    /// Connects to the server at this address: `redis://…`, `rediss://…` (TLS) or `unix://…`.
    pub async fn connect(address: &str) -> Result<Self, RedisOpenError> {
        Ok(Self { connection: connection::open(address).await? })
    }

    async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, TokenStoreError> {
        Ok(script.invoke_async(&mut self.connection.clone()).await.map_err(Failure::from)?)
    }
}

/// The braces keep all that belongs to an account on one node of a cluster.
fn key(account: &AppId) -> String {
    format!("wx:token:{{{}}}", account.as_str())
}

/// What `read.lua` gives.
type Read = (Option<String>, u64, bool, bool, Option<String>, Option<i64>, u64);

#[async_trait]
impl TokenStore for RedisTokenStore {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        let read: Read = self.run(&READ.key(key(account))).await?;
        let (token, left, is_due, is_held, failure, code, pause) = read;
        let mut row = TokenRow::default();
        row.token = token.map(|token| (AccessToken::new(token), Duration::from_millis(left)));
        (row.is_due, row.is_held) = (is_due, is_held);
        row.setback = failure.map(|text| Setback::new(code, text, Duration::from_millis(pause)));
        Ok(row)
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        let refused = wish.refused.map(AccessToken::expose).unwrap_or_default();
        let mut script = LEASE.key(key(wish.account));
        script.arg(wish.owner).arg(millis(wish.length)).arg(refused);
        let fence: Option<i64> = self.run(&script).await?;
        Ok(fence.map(|fence| Lease::new(wish, fence)))
    }

    async fn publish(&self, lease: &Lease, new: &NewToken) -> Result<bool, TokenStoreError> {
        let mut script = PUBLISH.key(key(&lease.account));
        script.arg(&lease.owner).arg(lease.fence).arg(new.token.expose());
        script.arg(millis(new.expires_in)).arg(millis(new.due_in));
        self.run(&script).await
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        let code = setback.errcode.map(|code| code.to_string()).unwrap_or_default();
        let mut script = GIVE_BACK.key(key(&lease.account));
        script.arg(&lease.owner).arg(lease.fence).arg(&setback.text).arg(code).arg(millis(setback.pause));
        self.run(&script).await
    }
}

impl fmt::Debug for RedisTokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisTokenStore").finish_non_exhaustive()
    }
}
