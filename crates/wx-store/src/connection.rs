use crate::{
    OpenError, OpenErrorKind, SqliteOptions,
    opened_file::OpenedFile,
    schema::{self, Owner},
};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// Older ones can corrupt a write-ahead log that two connections write.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The one connection that writes: checked, durable, with the schema of this version.
pub(crate) fn open_writer(
    path: &Path,
    options: &SqliteOptions,
) -> Result<(Connection, OpenedFile), OpenError> {
    check_sqlite(path)?;
    let failed = |error| OpenError::from_sqlite(path, error);
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    let file = opened_file(path, &connection);
    connection.busy_timeout(options.busy_timeout).map_err(failed)?;
    check_owner(path, schema::owner(&connection).map_err(failed)?)?;
    if !make_durable(&connection, options).map_err(failed)? {
        return Err(OpenError::new(path, OpenErrorKind::NoWriteAheadLog));
    }
    schema::migrate(&mut connection).map_err(failed)?;
    Ok((connection, file?))
}

/// A connection that only reads, to a file that is there and of this version, and its absolute path.
pub(crate) fn open_checked_reader(
    path: &Path,
    options: &SqliteOptions,
) -> Result<(Connection, PathBuf), OpenError> {
    check_sqlite(path)?;
    check_file(path)?;
    let failed = |error| OpenError::from_sqlite(path, error).while_reading();
    let connection = open_reader(path, options).map_err(failed)?;
    check_readable(path, schema::owner(&connection).map_err(failed)?)?;
    let absolute = absolute(path, &connection);
    Ok((connection, absolute))
}

/// SQLite opens more than files to read, and a pipe would keep it waiting.
fn check_file(path: &Path) -> Result<(), OpenError> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(OpenError::new(path, OpenErrorKind::Missing))
        }
        Ok(found) if !found.is_file() => Err(OpenError::new(path, OpenErrorKind::Unreadable)),
        _ => Ok(()),
    }
}

fn check_sqlite(path: &Path) -> Result<(), OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::new(path, OpenErrorKind::OldSqlite));
    }
    Ok(())
}

/// Named as SQLite made it absolute, so that it is found also from another working directory.
fn absolute(path: &Path, connection: &Connection) -> PathBuf {
    connection.path().map_or_else(|| path.to_owned(), PathBuf::from)
}

fn opened_file(path: &Path, connection: &Connection) -> Result<OpenedFile, OpenError> {
    OpenedFile::at(&absolute(path, connection)).map_err(|error| OpenError::other(path, error))
}

/// A connection that only reads.
pub(crate) fn open_reader(path: &Path, options: &SqliteOptions) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(options.busy_timeout)?;
    keep_plans(&connection)?;
    Ok(connection)
}

/// A statement is planned once. Otherwise SQLite plans one that compares a column with a text anew for each new text, which
/// takes longer than to run it.
fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

fn check_owner(path: &Path, owner: Owner) -> Result<(), OpenError> {
    match owner {
        Owner::SomebodyElse => Err(OpenError::new(path, OpenErrorKind::Foreign)),
        Owner::Us(found) if found > schema::VERSION => {
            Err(OpenError::new(path, OpenErrorKind::Newer { found }))
        }
        _ => Ok(()),
    }
}

/// Who only reads cannot bring it up to date.
fn check_readable(path: &Path, owner: Owner) -> Result<(), OpenError> {
    match owner {
        Owner::Nobody => Err(OpenError::new(path, OpenErrorKind::Empty)),
        Owner::Us(found) if found < schema::VERSION => {
            Err(OpenError::new(path, OpenErrorKind::Older { found }))
        }
        _ => check_owner(path, owner),
    }
}

/// Whether the file now has a write-ahead log that is synced at every commit, as read back from SQLite.
fn make_durable(connection: &Connection, options: &SqliteOptions) -> rusqlite::Result<bool> {
    let mode = switch_to_log(connection, options.busy_timeout)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    keep_plans(connection)?;
    // KB, at most. Tickets come in no order, so each new code goes to another page; 2 MB, the default, hold too few of them.
    connection.pragma_update(None, "cache_size", -32_768)?;
    // Pages. For the same reason, a page is soon written again: folded into the file every 32 MB it costs half of what it
    // does every 4 MB, the default.
    connection.pragma_update_and_check(None, "wal_autocheckpoint", 8_192, |_| Ok(()))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    if let Some(bytes) = options.max_bytes {
        let page: u64 =
            connection.pragma_query_value(None, "page_size", |row| row.get(0).map(i64::cast_unsigned))?;
        let pages = i64::try_from(bytes / page.max(1)).unwrap_or(i64::MAX).clamp(1, 0xffff_fffe);
        connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    Ok(mode.eq_ignore_ascii_case("wal") && synchronous == 2)
}

/// SQLite waits for other connections everywhere but here, where two that find a new file can meet: this waits.
fn switch_to_log(connection: &Connection, patience: Duration) -> rusqlite::Result<String> {
    let switch = || connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0));
    connection.busy_timeout(Duration::ZERO)?;
    let mut waited = Duration::ZERO;
    let mut mode = switch();
    while waited < patience && mode.as_ref().is_err_and(is_busy) {
        thread::sleep(NAP);
        waited += NAP;
        mode = switch();
    }
    connection.busy_timeout(patience)?;
    mode
}

const NAP: Duration = Duration::from_millis(10);

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_syncs_every_commit_and_keeps_foreign_keys() {
        let folder = tempfile::tempdir().unwrap();
        let (writer, _) = open_writer(&folder.path().join("wx.db"), &SqliteOptions::default()).unwrap();
        let text = |name: &str| writer.pragma_query_value(None, name, |row| row.get::<_, String>(0)).unwrap();
        let number = |name: &str| writer.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(text("journal_mode"), "wal");
        assert_eq!(
            ["synchronous", "foreign_keys", "trusted_schema", "busy_timeout"].map(number),
            [2, 1, 0, 3000]
        );
        assert_eq!(schema::owner(&writer).unwrap(), Owner::Us(schema::VERSION));
    }

    #[test]
    fn a_file_that_another_process_holds_is_busy_for_readers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wx.db");
        drop(open_writer(&path, &SqliteOptions::default()).unwrap());
        let other = Connection::open(&path).unwrap();
        // With a log nobody can keep readers out.
        other.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        let options = SqliteOptions::default().busy_timeout(Duration::ZERO);
        assert_eq!(open_checked_reader(&path, &options).unwrap_err().kind(), OpenErrorKind::Busy);
        other.execute_batch("ROLLBACK").unwrap();
        open_checked_reader(&path, &options).unwrap();
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wx.db");
        let _writer = open_writer(&path, &SqliteOptions::default()).unwrap();
        let reader = open_reader(&path, &SqliteOptions::default()).unwrap();
        assert!(reader.execute("DELETE FROM scan_event WHERE account = 'a'", []).is_err());
    }
}
