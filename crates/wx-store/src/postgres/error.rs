use super::failure::Failure;
use std::{error::Error, fmt};

/// Why a store on PostgreSQL could not be opened. Neither its text nor its source holds the address, in which a password
/// may stand.
#[derive(Debug)]
pub struct PostgresError {
    kind: PostgresErrorKind,
    source: Option<Failure>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PostgresErrorKind {
    /// The address is none.
    Address,
    /// The root certificates cannot be read, or the system has none.
    Certificates,
    /// No connection, or not in time.
    Unreachable,
    /// The server refused: the password, the database, a right.
    Refused,
    /// A newer version of this crate wrote its tables.
    Newer {
        /// The number of its schema.
        found: i32,
    },
}

impl PostgresError {
    pub(super) fn new(kind: PostgresErrorKind) -> Self {
        Self { kind, source: None }
    }

    pub(super) fn because(kind: PostgresErrorKind, source: Failure) -> Self {
        Self { kind, source: Some(source) }
    }

    /// What is wrong. [`Unreachable`](PostgresErrorKind::Unreachable) is worth another try.
    pub fn kind(&self) -> PostgresErrorKind {
        self.kind
    }
}

/// What a server says no to, it answers; everything else is the connection.
impl From<Failure> for PostgresError {
    fn from(failure: Failure) -> Self {
        let kind =
            if failure.is_answer() { PostgresErrorKind::Refused } else { PostgresErrorKind::Unreachable };
        Self::because(kind, failure)
    }
}

impl fmt::Display for PostgresError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PostgresErrorKind::Address => f.write_str(
                "the address of the PostgreSQL server is not valid; write it like \
                 postgres://user:password@host:5432/database?sslmode=require",
            ),
            PostgresErrorKind::Certificates => {
                f.write_str("the root certificates cannot be used; give those of your server as PEM")
            }
            PostgresErrorKind::Unreachable => f.write_str(
                "there is no connection to the PostgreSQL server; see the cause, and that the server is up and its \
                 address is right",
            ),
            PostgresErrorKind::Refused => f.write_str(
                "the PostgreSQL server refused; see the cause, and that user, password, database and rights are right",
            ),
            PostgresErrorKind::Newer { found } => write!(
                f,
                "the tables in PostgreSQL were written by a newer version (schema {found}, this version knows \
                 {known}); use that version",
                known = super::schema::VERSION
            ),
        }
    }
}

impl Error for PostgresError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
