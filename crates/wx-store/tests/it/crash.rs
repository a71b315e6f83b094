use crate::sample::scan;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};
use wx_channel::{
    Appended::{Duplicate, New},
    EventStore, ScanEvent,
    conformance::account,
};
use wx_store::SqliteStore;

const WRITER: &str = "WX_STORE_TEST_WRITER";

/// Everything that was acknowledged is there after `kill -9`, ten times on the same file.
///
/// The test starts itself anew as the process that writes and is killed.
#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    if let Ok(path) = std::env::var(WRITER) {
        return write_until_killed(Path::new(&path)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    let mut acknowledged = 0;
    for round in 1..=10 {
        let numbers = kill_after(&path, 7 * round);
        assert_eq!(numbers, (acknowledged..acknowledged + numbers.len()).collect::<Vec<_>>());
        acknowledged += numbers.len();

        let store = SqliteStore::open(&path).unwrap();
        let events: Vec<_> = (0..acknowledged).flat_map(batch).collect();
        assert_eq!(store.append(&events).await.unwrap(), vec![Duplicate; events.len()]);
        // The batch that was being written may have been stored, but not in part.
        let stored = store.count(&account()).await.unwrap();
        let extra = stored - events.len() as u64;
        assert!(extra.is_multiple_of(BATCH as u64), "{extra} rows of a half batch");
        acknowledged += usize::try_from(extra).unwrap() / BATCH;
        drop(store);
        check_integrity(&path);
    }
}

const BATCH: usize = 3;

fn batch(number: usize) -> Vec<ScanEvent> {
    let first = i64::try_from(number * BATCH).unwrap();
    (first..).take(BATCH).map(scan).collect()
}

/// Prints the number of each batch once it is acknowledged.
async fn write_until_killed(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    let mut number = usize::try_from(store.count(&account()).await.unwrap()).unwrap() / BATCH;
    loop {
        assert_eq!(store.append(&batch(number)).await.unwrap(), [New; BATCH]);
        println!("acknowledged {number}");
        number += 1;
    }
}

/// Starts a writer, kills it when so many batches were acknowledged, and returns all that were.
fn kill_after(path: &Path, count: usize) -> Vec<usize> {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::what_was_acknowledged_survives_kill_9", "--nocapture"])
        .env(WRITER, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    // The harness may print in front of the first line.
    let mut numbers = lines.filter_map(|line| line.unwrap().split_once("acknowledged ")?.1.parse().ok());
    let mut all: Vec<usize> = numbers.by_ref().take(count).collect();
    assert_eq!(all.len(), count, "the writer ended by itself");
    writer.kill().unwrap();
    writer.wait().unwrap();
    all.extend(numbers);
    all
}

fn check_integrity(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let answer: String = connection.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
    assert_eq!(answer, "ok");
}
