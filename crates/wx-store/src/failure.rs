use rusqlite::{Error as SqliteError, ErrorCode};
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
            Self::Sqlite(error) => write!(f, "sqlite: {error}"),
            Self::Moved(path) => {
                write!(f, "the database file {} was removed or replaced while it was open", path.display())
            }
            Self::ReadOnly => f.write_str(
                "the database was opened for reading only; open it with `SqliteStore::open` to write",
            ),
        }
    }
}

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
