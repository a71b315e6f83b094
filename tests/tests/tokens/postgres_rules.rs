//! What the store on PostgreSQL keeps, and what it says when it cannot be opened.

use crate::postgres::Postgres;
use async_trait::async_trait;
use scenarios::PostgresServer;
use std::{error::Error, ops::Deref, time::Duration};
use tokio::task::JoinSet;
use wx_client::{LeaseWish, NewToken, TokenStore, conformance::TokenStoreRig};
use wx_model::AppId;
use wx_store::{PostgresError, PostgresErrorKind, PostgresOptions, PostgresTokenStore};

/// A store in a database of its own.
struct Rig {
    store: PostgresTokenStore,
    postgres: Postgres,
}

impl Rig {
    async fn new() -> Self {
        let postgres = Postgres::new().await;
        Self { store: PostgresTokenStore::connect(&postgres.address).await.unwrap(), postgres }
    }
}

#[async_trait]
impl TokenStoreRig for Rig {
    fn store(&self) -> &dyn TokenStore {
        &self.store
    }

    async fn pass(&self, account: &AppId, millis: i64) {
        self.postgres.pass_for(account.as_str(), millis).await;
    }
}

impl Deref for Rig {
    type Target = PostgresTokenStore;

    fn deref(&self) -> &PostgresTokenStore {
        &self.store
    }
}

wx_client::token_store_tests!(Rig::new().await);

wx_client::component_store_tests!(Rig::new().await);

async fn refused(address: &str) -> PostgresError {
    let options = PostgresOptions::default().patience(Duration::from_mins(1));
    PostgresTokenStore::connect_with(address, &options).await.unwrap_err()
}

#[tokio::test]
async fn many_processes_may_create_the_tables_at_once() {
    let address = PostgresServer::shared().database();
    let mut tasks = JoinSet::new();
    for _ in 0..16 {
        let address = address.clone();
        tasks.spawn(async move { PostgresTokenStore::connect(&address).await.map(drop) });
    }
    for outcome in tasks.join_all().await {
        outcome.unwrap();
    }
}

#[tokio::test]
async fn one_who_may_not_create_tables_may_use_them() {
    let rig = Rig::new().await;
    let sql = "CREATE ROLE guest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC; \
               GRANT SELECT, INSERT, UPDATE ON wx_access_token, wx_migration TO guest";
    rig.postgres.client.batch_execute(sql).await.unwrap();
    let as_guest = rig.postgres.address.replace("user=wx", "user=guest");
    let store = PostgresTokenStore::connect(&as_guest).await.unwrap();
    assert!(store.read(&"wx7a3f00c1d2e3b4a5".into()).await.unwrap().token.is_none());

    let empty = PostgresServer::shared().database().replace("user=wx", "user=guest");
    let error = refused(&empty).await;
    assert_eq!(error.kind(), PostgresErrorKind::Refused);
    assert_eq!(
        error.source().unwrap().to_string(),
        "postgresql: permission denied for schema public (code 42501)"
    );
}

#[tokio::test]
async fn tables_of_a_newer_version_are_left_alone() {
    let rig = Rig::new().await;
    rig.postgres.client.batch_execute("INSERT INTO wx_migration (version) VALUES (99)").await.unwrap();
    let error = refused(&rig.postgres.address).await;
    assert_eq!(error.kind(), PostgresErrorKind::Newer { found: 99 });
    assert!(error.to_string().contains("schema 99"), "{error}");
}

#[tokio::test]
async fn what_is_wrong_is_said_without_the_password() {
    let server = PostgresServer::shared().database();
    for (address, kind) in [
        ("postgres://wx:hunter2canary@[", PostgresErrorKind::Address),
        ("hunter2canary", PostgresErrorKind::Address),
        ("host=/nowhere user=wx password=hunter2canary", PostgresErrorKind::Unreachable),
        (&server.replace("user=wx", "user=nobody password=hunter2canary"), PostgresErrorKind::Refused),
        (&server.replace("dbname=test", "dbname=none"), PostgresErrorKind::Refused),
    ] {
        let error = refused(address).await;
        assert_eq!(error.kind(), kind, "{error:?}");
        let cause = error.source().map(ToString::to_string);
        assert!(!format!("{error} {error:?} {cause:?}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn over_tls_the_certificate_must_be_one_that_is_trusted() {
    let server = PostgresServer::shared();
    let address = format!("{} sslmode=require", server.over_tcp(&server.database()));
    let trusting = PostgresOptions::default().root_certificates(server.authority());
    let store = PostgresTokenStore::connect_with(&address, &trusting).await.unwrap();
    assert!(store.read(&"wx7a3f00c1d2e3b4a5".into()).await.unwrap().token.is_none());

    let error = refused(&address).await;
    assert_eq!(error.kind(), PostgresErrorKind::Unreachable);
    assert!(error.source().unwrap().to_string().contains("certificate"), "{error:?}");
    let other_name = address.replace("localhost", "127.0.0.1");
    assert!(PostgresTokenStore::connect_with(&other_name, &trusting).await.is_err());
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let options = PostgresOptions::default().root_certificates(pem);
        let error = PostgresTokenStore::connect_with(&address, &options).await.unwrap_err();
        assert_eq!(error.kind(), PostgresErrorKind::Certificates);
    }
}

#[tokio::test]
async fn a_connection_that_broke_is_made_anew() {
    let rig = Rig::new().await;
    let account = AppId::new("wx7a3f00c1d2e3b4a5");
    rig.store.read(&account).await.unwrap();
    let sql = "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity \
               WHERE application_name = 'wx-store' AND datname = current_database()";
    rig.postgres.client.execute(sql, &[]).await.unwrap();
    // The first call may find out that the connection has gone.
    let _ = rig.store.read(&account).await;
    rig.store.read(&account).await.unwrap();
}

#[tokio::test]
async fn no_token_is_printed() {
    let rig = Rig::new().await;
    let account = AppId::new("wx7a3f00c1d2e3b4a5");
    let wish = LeaseWish::new(&account, "me", Duration::from_secs(10));
    let lease = rig.store.try_lease(&wish).await.unwrap().unwrap();
    let token = NewToken::new("canary".into(), Duration::from_hours(2), Duration::ZERO);
    assert!(rig.store.publish(&lease, &token).await.unwrap());
    let row = rig.store.read(&account).await.unwrap();
    // A value that the server refuses: its answer quotes the row.
    rig.postgres
        .client
        .batch_execute("ALTER TABLE wx_access_token ADD CHECK (token = 'canary')")
        .await
        .unwrap();
    let lease = rig.store.try_lease(&wish).await.unwrap().unwrap();
    let bad = NewToken::new("canary2".into(), Duration::from_hours(2), Duration::ZERO);
    let error = rig.store.publish(&lease, &bad).await.unwrap_err();
    assert!(error.to_string().contains("violates check constraint"), "{error}");
    assert!(!format!("{:?} {row:?} {error} {error:?}", rig.store).contains("canary"));
}
