use crate::sample::scan;
use std::{error::Error, path::Path, time::Duration};
use wx_channel::{
    Appended::{Duplicate, New},
    EventStore, ReportQuery,
    conformance::ACCOUNT,
};
use wx_store::{OpenErrorKind, SqliteOptions, SqliteStore};

fn refused(path: &Path) -> (OpenErrorKind, String) {
    let error = SqliteStore::open(path).unwrap_err();
    assert_eq!(error.path(), path);
    assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    (error.kind(), error.to_string().replace(&path.display().to_string(), "PATH"))
}

#[tokio::test]
async fn records_survive_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("渠道 1.db");
    for answer in [[New, New], [Duplicate, Duplicate]] {
        let store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.append(&[scan(1), scan(2)]).await.unwrap(), answer);
        let report = store.report(&ReportQuery::new(ACCOUNT)).await.unwrap();
        assert_eq!(report.rows[0].scans, 2);
    }
}

/// What was accepted is written, even when nobody waits for the answer any more.
#[tokio::test]
async fn dropping_the_store_finishes_what_was_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    let store = SqliteStore::open(&path).unwrap();
    for number in 0..40 {
        let batch = [scan(number)];
        let mut append = store.append(&batch);
        // Polled once, it stands in the queue.
        std::future::poll_fn(|context| {
            let _ = append.as_mut().poll(context);
            std::task::Poll::Ready(())
        })
        .await;
    }
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    let events: Vec<_> = (0..40).map(scan).collect();
    assert_eq!(store.append(&events).await.unwrap(), [Duplicate; 40]);
}

#[test]
fn a_path_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    for path in [folder.path().join("none/wx.db"), folder.path().to_owned(), file.join("wx.db")] {
        let (kind, message) = refused(&path);
        assert_eq!(kind, OpenErrorKind::Unwritable);
        assert_eq!(
            message,
            "cannot open the database PATH for writing; its folder must exist and this user must be allowed to write \
             there, or name another path"
        );
    }
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let letter = "Dear database,\n".repeat(1_000);
    std::fs::write(&path, &letter).unwrap();
    let (kind, message) = refused(&path);
    assert_eq!(kind, OpenErrorKind::NotADatabase);
    assert!(message.starts_with("PATH is no SQLite database"), "{message}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE song (title TEXT)").unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(refused(&path).0, OpenErrorKind::Foreign);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    drop(SqliteStore::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let (kind, message) = refused(&path);
    assert_eq!(kind, OpenErrorKind::Newer { found: 99 });
    assert!(message.starts_with("PATH was written by a newer version (schema 99,"), "{message}");
}

#[test]
fn a_database_that_another_process_holds_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    let options = SqliteOptions::default().busy_timeout(Duration::from_millis(20));
    let other = rusqlite::Connection::open(&path).unwrap();
    for lock in ["IMMEDIATE", "EXCLUSIVE"] {
        other.execute_batch(&format!("BEGIN {lock}")).unwrap();
        let error = SqliteStore::open_with(&path, &options).unwrap_err();
        assert_eq!(error.kind(), OpenErrorKind::Busy, "{lock}");
        let cause = error.source().unwrap();
        assert_eq!(cause.to_string(), "sqlite: database is locked (code 5)");
        assert!(cause.source().is_none(), "it would say the same again");
        other.execute_batch("ROLLBACK").unwrap();
    }
    SqliteStore::open_with(&path, &options).unwrap();
}

#[test]
fn a_database_in_memory_is_refused() {
    for path in ["", ":memory:"] {
        assert_eq!(refused(Path::new(path)).0, OpenErrorKind::NoWriteAheadLog);
    }
}

#[test]
fn a_damaged_database_gives_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    drop(SqliteStore::open(&path).unwrap());
    let whole = std::fs::read(&path).unwrap();
    for cut in [1, 50, 99, 101, 4_096, whole.len() - 1] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        // A short first page is a file that was never finished; SQLite may take it for empty.
        if let Err(error) = SqliteStore::open(&path) {
            assert!(error.source().is_some() || error.kind() == OpenErrorKind::Foreign, "{error:?}");
        }
    }
}
