use redis::RedisError;
use std::{error::Error, fmt};

/// Why there is no connection to Redis. Neither its text nor its source holds the address, in which a password may
/// stand.
#[derive(Debug)]
pub struct RedisOpenError {
    kind: RedisOpenErrorKind,
    source: Option<Failure>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedisOpenErrorKind {
    /// The address is none.
    Address,
    /// No connection, or not in time.
    Unreachable,
    /// The server refused: the password, the user, the number of the database.
    Refused,
}

impl RedisOpenError {
    pub(super) fn new(kind: RedisOpenErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// What is wrong. [`Unreachable`](RedisOpenErrorKind::Unreachable) is worth another try.
    pub fn kind(&self) -> RedisOpenErrorKind {
        self.kind
    }
}

impl From<Failure> for RedisOpenError {
    fn from(failure: Failure) -> Self {
        let refused = failure.reaches_server;
        let kind = if refused { RedisOpenErrorKind::Refused } else { RedisOpenErrorKind::Unreachable };
        Self { kind, source: Some(failure) }
    }
}

impl fmt::Display for RedisOpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            RedisOpenErrorKind::Address => {
                "the address of the Redis server is not valid; write it like rediss://user:password@host:6379/0"
            }
            RedisOpenErrorKind::Unreachable => {
                "there is no connection to the Redis server; see the cause, and that the server is up and its address \
                 is right"
            }
            RedisOpenErrorKind::Refused => {
                "the Redis server refused; see the cause, and that user, password and number of the database are right"
            }
        })
    }
}

impl Error for RedisOpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// What went wrong with a server, without any value that was sent or answered.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    reaches_server: bool,
}

impl From<RedisError> for Failure {
    fn from(error: RedisError) -> Self {
        let text = match error.code() {
            Some(code) => format!("redis: refused with {code}"),
            None if error.is_io_error() || error.is_timeout() => format!("redis: {error}"),
            None => format!("redis: {:?}", error.kind()),
        };
        let reaches_server = !(error.is_io_error() || error.is_timeout() || error.is_connection_dropped());
        Self { text, reaches_server }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

// No source: it is part of the text, or may quote values.
impl Error for Failure {}
