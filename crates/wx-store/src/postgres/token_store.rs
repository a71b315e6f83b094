use super::{
    error::{PostgresError, PostgresErrorKind},
    failure::Failure,
    options::PostgresOptions,
    schema, sql, tls,
};
use crate::millis::millis;
use async_trait::async_trait;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use std::{fmt, time::Duration};
use tokio_postgres::{
    Config, Row,
    config::TargetSessionAttrs,
    types::{ToSql, Type},
};
use wx_client::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError};
use wx_model::{AccessToken, AppId};

/// The access_tokens of accounts in PostgreSQL, shared by the processes of any number of machines; and what a third-party
/// platform must not lose ([`ComponentStore`](wx_client::ComponentStore)).
///
/// Each call is one statement outside of any transaction, sent without a name, so poolers such as pgbouncer may stand
/// between. Times are read from the clock of the server. Of several hosts in the address the one that takes writes is
/// used. Clones share the connections, which are made anew when they break.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use wx_client::Client;
/// use wx_store::PostgresTokenStore;
///
/// let store = PostgresTokenStore::connect("postgres://wx:password@db.example.com/wx?sslmode=require").await?;
/// // The same in every process.
/// let client = Client::builder("wx7a3f00c1d2e3b4a5", std::env::var("WX_APP_SECRET")?).token_store(store).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PostgresTokenStore {
    pool: Pool,
}

/// A value with its type, so that a statement takes one round trip and needs no name.
pub(super) type Value<'a> = (&'a (dyn ToSql + Sync), Type);

impl PostgresTokenStore {
    /// Connects to the server at this address (`postgres://…` or `host=… user=…`) and brings the tables up to date:
    /// `wx_access_token`, `wx_component`, `wx_authorizer` and `wx_migration`, in the first schema of the search path.
    ///
    /// With `sslmode=require` the certificate of the server must be valid for its name. Without it (`prefer`) a server
    /// that knows no TLS is spoken to in the clear: only within one machine or a network of your own.
    pub async fn connect(address: &str) -> Result<Self, PostgresError> {
        Self::connect_with(address, &PostgresOptions::default()).await
    }

    /// Connects with options.
    pub async fn connect_with(address: &str, options: &PostgresOptions) -> Result<Self, PostgresError> {
        let pool = pool(address, options)?;
        let mut client = pool.get().await.map_err(Failure::from)?;
        schema::migrate(&mut client).await?;
        Ok(Self { pool })
    }

    pub(super) async fn rows(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, TokenStoreError> {
        let client = self.pool.get().await.map_err(Failure::from)?;
        Ok(client.query_typed(sql, values).await.map_err(Failure::from)?)
    }

    /// How many rows it changed.
    pub(super) async fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, TokenStoreError> {
        let client = self.pool.get().await.map_err(Failure::from)?;
        Ok(client.execute_typed(sql, values).await.map_err(Failure::from)?)
    }
}

fn pool(address: &str, options: &PostgresOptions) -> Result<Pool, PostgresError> {
    // The reason may quote the address.
    let config: Config = address.parse().map_err(|_| PostgresError::new(PostgresErrorKind::Address))?;
    let mut config = config;
    config.connect_timeout(options.patience).target_session_attrs(TargetSessionAttrs::ReadWrite);
    if config.get_application_name().is_none() {
        config.application_name("wx-store");
    }
    let tls = tls::connector(options.root_certificates.as_deref())?;
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let pool = Pool::builder(Manager::from_config(config, tls, recycling))
        .max_size(options.connections)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(options.patience))
        .create_timeout(Some(options.patience))
        .recycle_timeout(Some(options.patience))
        .build();
    pool.map_err(|error| Failure::new(format!("postgresql: {error}")).into())
}

#[async_trait]
impl TokenStore for PostgresTokenStore {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        let rows = self.rows(sql::TOKEN_READ, &[(&account.as_str(), Type::TEXT)]).await?;
        Ok(rows.first().map_or(Ok(TokenRow::default()), token_row).map_err(Failure::from)?)
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        let refused = wish.refused.map(AccessToken::expose);
        let rows = self
            .rows(
                sql::TOKEN_LEASE,
                &[
                    (&wish.account.as_str(), Type::TEXT),
                    (&wish.owner, Type::TEXT),
                    (&milliseconds(wish.length), Type::FLOAT8),
                    (&refused, Type::TEXT),
                ],
            )
            .await?;
        let fence = rows.first().map(|row| row.try_get(0)).transpose().map_err(Failure::from)?;
        Ok(fence.map(|fence| Lease::new(wish, fence)))
    }

    async fn publish(&self, lease: &Lease, new: &NewToken) -> Result<bool, TokenStoreError> {
        let changed = self
            .execute(
                sql::TOKEN_PUBLISH,
                &[
                    (&lease.account.as_str(), Type::TEXT),
                    (&lease.owner, Type::TEXT),
                    (&lease.fence, Type::INT8),
                    (&new.token.expose(), Type::TEXT),
                    (&milliseconds(new.expires_in), Type::FLOAT8),
                    (&milliseconds(new.due_in), Type::FLOAT8),
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        let changed = self
            .execute(
                sql::TOKEN_GIVE_BACK,
                &[
                    (&lease.account.as_str(), Type::TEXT),
                    (&lease.owner, Type::TEXT),
                    (&lease.fence, Type::INT8),
                    (&setback.text, Type::TEXT),
                    (&setback.errcode, Type::INT8),
                    (&milliseconds(setback.pause), Type::FLOAT8),
                ],
            )
            .await?;
        Ok(changed == 1)
    }
}

/// Reads a row of `token_read.sql`.
fn token_row(row: &Row) -> Result<TokenRow, tokio_postgres::Error> {
    let (is_owned, is_blocked): (bool, bool) = (row.try_get(3)?, row.try_get(4)?);
    let mut read = TokenRow::default();
    if let Some(token) = row.try_get::<_, Option<String>>(0)? {
        read.token = Some((AccessToken::new(token), duration(row.try_get(1)?)));
    }
    read.is_due = row.try_get(2)?;
    read.is_held = is_owned && is_blocked;
    let failure: Option<String> = row.try_get(5)?;
    if let Some(text) = failure.filter(|_| is_blocked) {
        read.setback = Some(Setback::new(row.try_get(6)?, text, duration(row.try_get(7)?)));
    }
    Ok(read)
}

fn duration(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

/// As PostgreSQL multiplies intervals.
#[expect(
    clippy::cast_precision_loss,
    reason = "no more than 10 000 years in milliseconds, exact in a double"
)]
fn milliseconds(duration: Duration) -> f64 {
    millis(duration) as f64
}

impl fmt::Debug for PostgresTokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresTokenStore").finish_non_exhaustive()
    }
}
