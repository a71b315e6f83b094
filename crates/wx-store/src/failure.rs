use rusqlite::{Error as SqliteError, ErrorCode, ffi::code_to_str};
use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};
use wx_channel::StoreError;

/// What failed, shared by all callers whose writes were in the same transaction.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    Sqlite(Arc<SqliteError>),
    /// The path of the database leads to another file or to none.
    Moved(PathBuf),
    /// The store was opened for reading.
    ReadOnly,
}

impl Failure {
    /// What the caller is told. Whatever is not known to pass by itself is fatal.
    pub(crate) fn to_error(&self) -> StoreError {
        let cause = Box::new(self.clone());
        match self.code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Retry(cause),
            Some(ErrorCode::DiskFull) => StoreError::Full(cause),
            _ => StoreError::Fatal(cause),
        }
    }

    pub(crate) fn moved(path: &Path) -> Self {
        Self::Moved(path.to_owned())
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code(),
            Self::Moved(_) | Self::ReadOnly => None,
        }
    }

    pub(crate) fn is_fatal(&self) -> bool {
        self.to_error().is_fatal()
    }
}

impl From<SqliteError> for Failure {
    fn from(error: SqliteError) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) => write_sqlite(f, error),
            Self::Moved(path) => {
                write!(f, "the database file {} was removed or replaced while it was open", path.display())
            }
            Self::ReadOnly => f.write_str(
                "the database was opened for reading only; open it with `SqliteStore::open` to write",
            ),
        }
    }
}

/// Once, with the code that the manual of SQLite explains, and without the text of the statement.
fn write_sqlite(f: &mut fmt::Formatter<'_>, error: &SqliteError) -> fmt::Result {
    match error {
        SqliteError::SqliteFailure(code, text) => {
            let text = text.as_deref().unwrap_or_else(|| code_to_str(code.extended_code));
            write!(f, "sqlite: {text} (code {})", code.extended_code)
        }
        SqliteError::SqlInputError { error, msg, .. } => {
            write!(f, "sqlite: {msg} (code {})", error.extended_code)
        }
        other => write!(f, "sqlite: {other}"),
    }
}

// No source: the error of SQLite below would say the same again.
impl Error for Failure {}

/// A part of this store ended without an answer, which only a panic inside it can cause.
#[derive(Debug)]
pub(crate) struct Gone;

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thread of the store ended without an answer")
    }
}

impl Error for Gone {}

impl From<Gone> for StoreError {
    fn from(gone: Gone) -> Self {
        Self::Fatal(Box::new(gone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{Connection, ffi};

    fn message(error: SqliteError) -> String {
        Failure::from(error).to_string()
    }

    #[test]
    fn a_failure_is_told_once_and_without_the_statement() {
        let connection = Connection::open_in_memory().unwrap();
        let no_table = connection.prepare("SELECT openid FROM nowhere").unwrap_err();
        assert_eq!(message(no_table), "sqlite: no such table: nowhere (code 1)");
        let busy = |text| SqliteError::SqliteFailure(ffi::Error::new(5), text);
        assert_eq!(message(busy(None)), "sqlite: database is locked (code 5)");
        assert_eq!(message(busy(Some("it is taken".to_owned()))), "sqlite: it is taken (code 5)");
        assert_eq!(message(SqliteError::QueryReturnedNoRows), "sqlite: Query returned no rows");
    }

    #[test]
    fn a_failure_has_no_cause_that_repeats_it() {
        for error in [SqliteError::SqliteFailure(ffi::Error::new(5), None), SqliteError::InvalidQuery] {
            assert!(Failure::from(error).source().is_none());
        }
    }
}
