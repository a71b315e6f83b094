use deadpool_postgres::PoolError;
use std::{error::Error, fmt};

/// What went wrong with a server, told once: its message and code, and never its detail, in which the values of a row may
/// stand.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    is_answer: bool,
}

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_answer: false }
    }

    /// Whether the server answered with it.
    pub(super) fn is_answer(&self) -> bool {
        self.is_answer
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(answer) = error.as_db_error() {
            let text = format!("postgresql: {} (code {})", answer.message(), answer.code().code());
            return Self { text, is_answer: true };
        }
        let mut text = format!("postgresql: {error}");
        let mut cause = error.source();
        while let Some(below) = cause {
            let below_text = below.to_string();
            if !text.ends_with(&below_text) {
                text = format!("{text}: {below_text}");
            }
            cause = below.source();
        }
        Self::new(text)
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(_) => Self::new("postgresql: no connection became free in time"),
            other => Self::new(format!("postgresql: {other}")),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

// No source: it is part of the text.
impl Error for Failure {}
