use crate::sample::{Place, scan};
use rusqlite::Connection;
use std::{error::Error, fs, path::Path};
use wx_channel::{
    Appended::New,
    Channel, CodeStore, EventStore, ReportQuery,
    conformance::{ACCOUNT, account},
};
use wx_store::{OpenErrorKind, SqliteStore};

fn refused(path: &Path) -> (OpenErrorKind, String) {
    let error = SqliteStore::open_read_only(path).unwrap_err();
    assert_eq!(error.path(), path);
    (error.kind(), error.to_string().replace(&path.display().to_string(), "PATH"))
}

async fn scans(store: &SqliteStore) -> u64 {
    store.report(&ReportQuery::new(ACCOUNT)).await.unwrap().rows[0].scans
}

#[tokio::test]
async fn a_reader_sees_what_a_running_service_writes() {
    let place = Place::new();
    assert_eq!(place.append(&[scan(1)]).await.unwrap(), [New]);
    let reader = SqliteStore::open_read_only(place.path()).unwrap();
    assert_eq!(scans(&reader).await, 1);
    assert_eq!(place.append(&[scan(2)]).await.unwrap(), [New]);
    assert_eq!(scans(&reader).await, 2);
}

#[tokio::test]
async fn a_closed_file_is_read_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.append(&[scan(1)]).await.unwrap(), [New]);
    drop(store);
    let before = fs::read(&path).unwrap();
    let reader = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(scans(&reader).await, 1);
    assert_eq!(reader.count(&account()).await.unwrap(), 1);
    drop(reader);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_reader_refuses_to_write() {
    let place = Place::new();
    let reader = SqliteStore::open_read_only(place.path()).unwrap();
    let channel = Channel::new("shop".parse().unwrap());
    let errors = [
        reader.append(&[scan(1)]).await.unwrap_err(),
        reader.put_channel(&account(), &channel).await.unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_fatal());
        assert_eq!(
            error.source().unwrap().to_string(),
            "the database was opened for reading only; open it with `SqliteStore::open` to write"
        );
    }
    assert_eq!(place.count(&account()).await.unwrap(), 0);
    assert_eq!(place.channels(&account()).await.unwrap(), []);
}

#[test]
fn a_missing_file_is_not_created() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["wx.db", "none/wx.db", ":memory:"] {
        let (kind, message) = refused(&folder.path().join(name));
        assert_eq!(kind, OpenErrorKind::Missing);
        assert_eq!(message, "there is no database PATH; name another path");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_empty_file_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    fs::write(&path, "").unwrap();
    let (kind, message) = refused(&path);
    assert_eq!(kind, OpenErrorKind::Empty);
    assert!(message.starts_with("PATH is empty and no database yet;"), "{message}");
    assert_eq!(fs::read(&path).unwrap(), b"");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    for path in [folder.path().to_owned(), file.join("wx.db")] {
        let (kind, message) = refused(&path);
        assert_eq!(kind, OpenErrorKind::Unreadable);
        assert!(message.starts_with("cannot open the database PATH for reading;"), "{message}");
    }
}

#[test]
fn what_is_not_ours_or_not_of_this_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("letter"), "Dear database,\n".repeat(1_000)).unwrap();
    Connection::open(file("other")).unwrap().execute_batch("CREATE TABLE song (title TEXT)").unwrap();
    for (name, version) in [("newer", 99), ("older", 0)] {
        drop(SqliteStore::open(file(name)).unwrap());
        Connection::open(file(name)).unwrap().pragma_update(None, "user_version", version).unwrap();
    }
    let expected = [
        ("letter", OpenErrorKind::NotADatabase, "PATH is no SQLite database"),
        ("other", OpenErrorKind::Foreign, "PATH is the database of another program"),
        ("newer", OpenErrorKind::Newer { found: 99 }, "PATH was written by a newer version (schema 99,"),
        ("older", OpenErrorKind::Older { found: 0 }, "PATH was written by an older version (schema 0,"),
    ];
    for (name, kind, start) in expected {
        let before = fs::read(file(name)).unwrap();
        let (found, message) = refused(&file(name));
        assert_eq!(found, kind);
        assert!(message.starts_with(start), "{message}");
        assert_eq!(fs::read(file(name)).unwrap(), before, "{name}");
    }
}
