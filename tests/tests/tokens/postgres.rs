use crate::place::Place;
use async_trait::async_trait;
use scenarios::PostgresServer;
use std::fmt;
use tokio_postgres::{Client, NoTls};
use wx_sim::DEFAULT_APP_ID;
use wx_store::PostgresTokenStore;

/// A database of its own.
pub(crate) struct Postgres {
    pub(crate) address: String,
    pub(crate) client: Client,
}

impl Postgres {
    pub(crate) async fn new() -> Self {
        let address = PostgresServer::shared().database();
        // The tables are there before the first process comes.
        PostgresTokenStore::connect(&address).await.unwrap();
        let (client, connection) = tokio_postgres::connect(&address, NoTls).await.unwrap();
        tokio::spawn(connection);
        Self { address, client }
    }

    /// Lets so many milliseconds pass for an account.
    pub(crate) async fn pass_for(&self, account: &str, millis: i64) {
        let millis = f64::from(i32::try_from(millis).unwrap());
        self.client.execute(PASS, &[&account, &millis]).await.unwrap();
    }
}

const PASS: &str = "UPDATE wx_access_token SET expires = expires - step, due = due - step, \
    blocked_from = blocked_from - step, blocked_until = blocked_until - step, paid_at = paid_at - step \
    FROM (SELECT $2 * interval '1 millisecond' AS step) AS clock WHERE account = $1";

#[async_trait]
impl Place for Postgres {
    fn address(&self) -> String {
        format!("postgres {}", self.address)
    }

    async fn pass(&self, seconds: i64) {
        self.pass_for(DEFAULT_APP_ID, seconds * 1000).await;
    }

    async fn token(&self) -> String {
        let sql = "SELECT token FROM wx_access_token WHERE account = $1";
        self.client.query_one(sql, &[&DEFAULT_APP_ID]).await.unwrap().get(0)
    }
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("address", &self.address).finish_non_exhaustive()
    }
}

crate::stampede::stampede_tests!("postgres", Postgres::new().await);
