use async_trait::async_trait;
use std::{
    ops::Deref,
    path::{Path, PathBuf},
    time::Duration,
};
use tempfile::TempDir;
use wx_channel::EventStore;
use wx_client::{ComponentStore, LeaseWish, NewToken, TokenStore, conformance::TokenStoreRig};
use wx_model::{AccessToken, AppId};
use wx_store::{OpenErrorKind, SqliteStore, SqliteTokenStore};

/// A store in a folder of its own.
struct Rig {
    store: SqliteTokenStore,
    folder: TempDir,
}

impl Rig {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: SqliteTokenStore::open(folder.path().join("tokens.db")).unwrap(), folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("tokens.db")
    }
}

/// Lets time pass for an account: everything in its row lies so much further back.
fn pass(path: &Path, account: &AppId, millis: i64) {
    let sql = "UPDATE access_token SET expires = expires - ?2, due = due - ?2, blocked_from = blocked_from - ?2, \
               blocked_until = blocked_until - ?2, paid_at = paid_at - ?2 WHERE account = ?1";
    let connection = rusqlite::Connection::open(path).unwrap();
    assert_eq!(connection.execute(sql, rusqlite::params![account.as_str(), millis]).unwrap(), 1);
}

#[async_trait]
impl TokenStoreRig for Rig {
    fn store(&self) -> &dyn TokenStore {
        &self.store
    }

    async fn pass(&self, account: &AppId, millis: i64) {
        pass(&self.path(), account, millis);
    }
}

wx_client::token_store_tests!(Rig::new());

impl Deref for Rig {
    type Target = SqliteTokenStore;

    fn deref(&self) -> &SqliteTokenStore {
        &self.store
    }
}

wx_client::component_store_tests!(Rig::new());

fn account() -> AppId {
    AppId::new("wx7a3f00c1d2e3b4a5")
}

async fn publish(store: &SqliteTokenStore, token: &str) {
    let (account, length) = (account(), Duration::from_secs(10));
    let wish = LeaseWish::new(&account, "me", length);
    let lease = store.try_lease(&wish).await.unwrap().unwrap();
    let new = NewToken::new(token.into(), Duration::from_hours(2), Duration::ZERO);
    assert!(store.publish(&lease, &new).await.unwrap());
}

#[tokio::test]
async fn tokens_survive_reopening_and_stand_beside_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    let records = SqliteStore::open(&path).unwrap();
    for token in ["T1", "T2"] {
        publish(&SqliteTokenStore::open(&path).unwrap(), token).await;
        let row = SqliteTokenStore::open(&path).unwrap().read(&account()).await.unwrap();
        assert_eq!(row.token.unwrap().0, AccessToken::new(token));
    }
    assert_eq!(records.count(&"wx7a3f00c1d2e3b4a5".into()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_file_that_was_removed_takes_no_more() {
    let rig = Rig::new();
    publish(&rig.store, "T1").await;
    std::fs::remove_file(rig.path()).unwrap();
    let error = rig.store.put_verify_ticket(&account(), &"t".into(), 1).await.unwrap_err();
    assert!(error.to_string().contains("was removed or replaced"), "{error}");
}

#[test]
fn a_path_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("none/tokens.db"), folder.path().to_owned()] {
        assert_eq!(SqliteTokenStore::open(&path).unwrap_err().kind(), OpenErrorKind::Unwritable);
    }
    for path in ["", ":memory:"] {
        assert_eq!(SqliteTokenStore::open(path).unwrap_err().kind(), OpenErrorKind::NoWriteAheadLog);
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let rig = Rig::new();
    for name in ["tokens.db", "tokens.db-wal", "tokens.db-shm"] {
        let mode = std::fs::metadata(rig.folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn no_token_is_printed() {
    let rig = Rig::new();
    publish(&rig.store, "canary").await;
    let row = rig.store.read(&account()).await.unwrap();
    assert!(!format!("{:?} {row:?}", rig.store).contains("canary"));
}
