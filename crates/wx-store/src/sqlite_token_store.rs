mod component;

use crate::{
    OpenError, SqliteOptions, connection, millis::millis, private_file, shared_connection::SharedConnection,
    sql,
};
use async_trait::async_trait;
use rusqlite::{OptionalExtension, Row, params};
use std::{path::Path, time::Duration};
use wx_client::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError};
use wx_model::{AccessToken, AppId};

/// The access_tokens of accounts in a SQLite file, shared by the processes of one machine; and what a third-party
/// platform must not lose ([`ComponentStore`](wx_client::ComponentStore)).
///
/// The file may be the one of a [`SqliteStore`](crate::SqliteStore) or one of its own, on a local disk. A file that is
/// created here can be read by its user alone (Unix). Times are read from the clock of the machine. What a call has
/// answered has been synced to the disk. Clones share one connection.
///
/// ```
/// use wx_client::Client;
/// use wx_store::SqliteTokenStore;
/// # use wx_transport::{Answer, MockTransport};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("tokens.db");
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// # let platform = MockTransport::new();
/// # platform.answer(Answer::json(r#"{"access_token":"76_abc","expires_in":7200}"#));
/// // The same in every process.
/// let client = Client::builder("wx7a3f00c1d2e3b4a5", "00112233445566778899aabbccddeeff")
/// #   .transport(platform)
///     .token_store(SqliteTokenStore::open(path)?)
///     .build()?;
/// let token = client.access_token().await?;
/// # assert_eq!(token.expose(), "76_abc");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct SqliteTokenStore {
    connection: SharedConnection,
}

impl SqliteTokenStore {
    /// Opens or creates the file, and brings its schema up to date. Blocks as
    /// [`SqliteStore::open`](crate::SqliteStore::open) does.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path, &SqliteOptions::default())
    }

    /// Opens or creates the file with options.
    pub fn open_with(path: impl AsRef<Path>, options: &SqliteOptions) -> Result<Self, OpenError> {
        private_file::create(path.as_ref());
        let (connection, file) = connection::open_writer(path.as_ref(), options)?;
        Ok(Self { connection: SharedConnection::new(connection, file) })
    }
}

#[async_trait]
impl TokenStore for SqliteTokenStore {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        let account = account.as_str().to_owned();
        let reading = self.connection.run(move |connection| {
            connection.prepare_cached(sql::TOKEN_READ)?.query_row([account], token_row).optional()
        });
        Ok(reading.await?.unwrap_or_default())
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        let (account, owner) = (wish.account.as_str().to_owned(), wish.owner.to_owned());
        let refused = wish.refused.map(|token| token.expose().to_owned());
        let length = millis(wish.length);
        let leasing = self.connection.run(move |connection| {
            let mut statement = connection.prepare_cached(sql::TOKEN_LEASE)?;
            statement.query_row(params![account, owner, length, refused], |row| row.get(0)).optional()
        });
        Ok(leasing.await?.map(|fence| Lease::new(wish, fence)))
    }

    async fn publish(&self, lease: &Lease, new: &NewToken) -> Result<bool, TokenStoreError> {
        let (lease, token) = (lease.clone(), new.token.expose().to_owned());
        let (life, due) = (millis(new.expires_in), millis(new.due_in));
        let publishing = self.connection.run(move |connection| {
            let values = params![lease.account.as_str(), lease.owner, lease.fence, token, life, due];
            connection.prepare_cached(sql::TOKEN_PUBLISH)?.execute(values)
        });
        Ok(publishing.await? == 1)
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        let (lease, setback) = (lease.clone(), setback.clone());
        let giving = self.connection.run(move |connection| {
            let pause = millis(setback.pause);
            let (account, owner) = (lease.account.as_str(), &lease.owner);
            let values = params![account, owner, lease.fence, setback.text, setback.errcode, pause];
            connection.prepare_cached(sql::TOKEN_GIVE_BACK)?.execute(values)
        });
        Ok(giving.await? == 1)
    }
}

/// Reads a row of `token_read.sql`.
fn token_row(row: &Row<'_>) -> rusqlite::Result<TokenRow> {
    let token: Option<String> = row.get(0)?;
    let (is_owned, is_blocked): (bool, bool) = (row.get(3)?, row.get(4)?);
    let mut read = TokenRow::default();
    if let Some(token) = token {
        read.token = Some((AccessToken::new(token), duration(row, 1)?));
    }
    read.is_due = row.get(2)?;
    read.is_held = is_owned && is_blocked;
    let failure: Option<String> = row.get(5)?;
    if let Some(text) = failure.filter(|_| is_blocked) {
        read.setback = Some(Setback::new(row.get(6)?, text, duration(row, 7)?));
    }
    Ok(read)
}

fn duration(row: &Row<'_>, column: usize) -> rusqlite::Result<Duration> {
    Ok(Duration::from_millis(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0)))
}
