use crate::sample::{Place, scan};
use std::{path::Path, process::Command};
use wx_channel::{
    Appended::{Duplicate, New},
    EventStore, StoreError,
    conformance::account,
};
use wx_store::{SqliteOptions, SqliteStore};

/// A full store refuses, keeps what it acknowledged, and goes on when there is space again.
#[tokio::test]
async fn a_full_store_refuses_and_recovers() {
    let place = Place::with(&SqliteOptions::default().max_bytes(256 * 1024));
    let mut stored = 0;
    let error = loop {
        match place.append(&[scan(stored)]).await {
            Ok(answer) => assert_eq!(answer, [New]),
            Err(error) => break error,
        }
        stored += 1;
    };
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    assert!(matches!(place.append(&[scan(stored)]).await, Err(StoreError::Full(_))));
    assert_eq!(place.count(&account()).await.unwrap(), stored.cast_unsigned());

    let other = rusqlite::Connection::open(place.path()).unwrap();
    other.execute("DELETE FROM scan_event WHERE created < 100", []).unwrap();
    assert_eq!(place.append(&[scan(stored), scan(stored - 1)]).await.unwrap(), [New, Duplicate]);
}

/// An error that does not pass by itself stops the store for good; opening the file anew starts it again.
#[tokio::test]
async fn after_a_fatal_error_nothing_is_accepted() {
    let place = Place::new();
    assert_eq!(place.append(&[scan(1)]).await.unwrap(), [New]);
    let other = rusqlite::Connection::open(place.path()).unwrap();
    let trigger =
        "CREATE TRIGGER broken BEFORE INSERT ON scan_event BEGIN SELECT RAISE(ABORT, 'broken'); END";
    other.execute_batch(trigger).unwrap();
    assert!(place.append(&[scan(2)]).await.unwrap_err().is_fatal());
    other.execute_batch("DROP TRIGGER broken").unwrap();
    assert!(place.append(&[scan(1)]).await.unwrap_err().is_fatal());

    let anew = SqliteStore::open(place.path()).unwrap();
    assert_eq!(anew.append(&[scan(1), scan(2)]).await.unwrap(), [Duplicate, New]);
}

const WRITER: &str = "WX_STORE_TEST_SMALL_DISK";

/// The disk refuses a write in the middle of the work: no false success, nothing accepted afterwards.
///
/// The test starts itself anew under a limit for the size of files, where writes fail with an error that is not
/// "disk full".
#[cfg(unix)]
#[tokio::test]
async fn a_failed_write_is_never_a_success() {
    if let Ok(path) = std::env::var(WRITER) {
        return write_until_refused(Path::new(&path)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    drop(SqliteStore::open(&path).unwrap());
    let writer = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" --exact \"$1\" --nocapture"])
        .arg(std::env::current_exe().unwrap())
        .arg("failing_disk::a_failed_write_is_never_a_success")
        .env(WRITER, &path)
        .output()
        .unwrap();
    let report = String::from_utf8(writer.stdout).unwrap();
    let acknowledged = report.lines().filter(|line| line.ends_with("acknowledged")).count();
    assert!(acknowledged > 10 && report.contains("refused for good"), "{report}");

    let store = SqliteStore::open(&path).unwrap();
    let events: Vec<_> = (0..i64::try_from(acknowledged).unwrap()).map(scan).collect();
    assert_eq!(store.append(&events).await.unwrap(), vec![Duplicate; acknowledged]);
}

async fn write_until_refused(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    let mut number = 0;
    while store.append(&[scan(number)]).await.is_ok() {
        println!("acknowledged");
        number += 1;
    }
    let answers = [store.append(&[scan(number)]).await, store.append(&[scan(0)]).await];
    assert!(answers.into_iter().all(|answer| answer.is_err_and(|error| error.is_fatal())));
    println!("refused for good");
}
