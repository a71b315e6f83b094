use crate::{failure::Failure, schema};
use rusqlite::{Error as SqliteError, ErrorCode};
use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
};

/// Why a database could not be opened. The message names the path and says what to do.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    kind: OpenErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What is wrong with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenErrorKind {
    /// It cannot be opened or created for writing.
    Unwritable,
    /// There is no such file, and this was to read it.
    Missing,
    /// It cannot be opened for reading.
    Unreadable,
    /// It was opened for reading and holds nothing yet.
    Empty,
    /// It holds something else, or it is damaged.
    NotADatabase,
    /// It is a SQLite database of another program.
    Foreign,
    /// A newer version of this crate wrote it.
    Newer {
        /// The number of its schema.
        found: usize,
    },
    /// An older version of this crate wrote it, and this was only to read it.
    Older {
        /// The number of its schema.
        found: usize,
    },
    /// Another process holds it; opening may succeed in a moment.
    Busy,
    /// There is no space left.
    Full,
    /// It lies where no write-ahead log can be kept, such as a network drive or in memory.
    NoWriteAheadLog,
    /// This program was built with a SQLite that can corrupt its log.
    OldSqlite,
    /// Anything else; the source says what.
    Other,
}

impl OpenError {
    pub(crate) fn new(path: &Path, kind: OpenErrorKind) -> Self {
        Self { path: path.to_owned(), kind, source: None }
    }

    pub(crate) fn from_sqlite(path: &Path, error: SqliteError) -> Self {
        let kind = kind(error.sqlite_error_code());
        Self { source: Some(Box::new(Failure::from(error))), ..Self::new(path, kind) }
    }

    /// The same, where nothing was to be written.
    pub(crate) fn while_reading(mut self) -> Self {
        if self.kind == OpenErrorKind::Unwritable {
            self.kind = OpenErrorKind::Unreadable;
        }
        self
    }

    pub(crate) fn other(path: &Path, source: impl Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Box::new(source)), ..Self::new(path, OpenErrorKind::Other) }
    }

    /// What is wrong. [`Busy`](OpenErrorKind::Busy) is worth another try.
    pub fn kind(&self) -> OpenErrorKind {
        self.kind
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn kind(code: Option<ErrorCode>) -> OpenErrorKind {
    match code {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            OpenErrorKind::Unwritable
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => OpenErrorKind::NotADatabase,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenErrorKind::Busy,
        Some(ErrorCode::DiskFull) => OpenErrorKind::Full,
        _ => OpenErrorKind::Other,
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.kind {
            OpenErrorKind::Unwritable => write!(
                f,
                "cannot open the database {path} for writing; its folder must exist and this user must be allowed to \
                 write there, or name another path"
            ),
            OpenErrorKind::Missing => write!(f, "there is no database {path}; name another path"),
            OpenErrorKind::Unreadable => write!(
                f,
                "cannot open the database {path} for reading; it must be a file that this user may read and, unless \
                 another process has it open, in whose folder this user may write"
            ),
            OpenErrorKind::Empty => {
                write!(
                    f,
                    "{path} is empty and no database yet; name another path, or open it for writing first"
                )
            }
            OpenErrorKind::NotADatabase => write!(
                f,
                "{path} is no SQLite database or is damaged; name another path, or restore the file from a backup"
            ),
            OpenErrorKind::Foreign => {
                write!(f, "{path} is the database of another program; name another path")
            }
            OpenErrorKind::Newer { found } => write!(
                f,
                "{path} was written by a newer version (schema {found}, this version knows {known}); use that \
                 version, or a backup from before it",
                known = schema::VERSION
            ),
            OpenErrorKind::Older { found } => write!(
                f,
                "{path} was written by an older version (schema {found}, this version reads {known}); open it for \
                 writing once, which brings it up to date",
                known = schema::VERSION
            ),
            OpenErrorKind::Busy => {
                write!(f, "another process holds the database {path}; end it, or try again in a moment")
            }
            OpenErrorKind::Full => {
                write!(f, "no space is left for the database {path}; free some and try again")
            }
            OpenErrorKind::NoWriteAheadLog => {
                write!(f, "no write-ahead log can be kept beside the database {path}; put it on a local disk")
            }
            OpenErrorKind::OldSqlite => write!(
                f,
                "SQLite {} can corrupt the database {path}; build this program with 3.51.3 or newer",
                rusqlite::version()
            ),
            OpenErrorKind::Other => write!(f, "cannot use the database {path}; see the cause"),
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
