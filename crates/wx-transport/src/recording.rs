mod body;
mod error;
mod exchange;
mod player;
mod recorder;
mod shape;

pub use error::RecordingError;
pub use player::ReplayTransport;
pub use recorder::RecordingTransport;

use crate::Redaction;
use exchange::{Exchange, Seen};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// Requests and their answers, without the credentials in them.
///
/// It is written as JSON that people can read, change and compare: the body of each request and answer stands there as
/// it was, JSON as JSON. A credential is replaced by `redacted-1`, `redacted-2` …, the same one by the same word.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    version: u64,
    redaction: Redaction,
    exchanges: Vec<Exchange>,
}

/// What is read before anything else.
#[derive(Deserialize)]
struct Version {
    version: u64,
}

impl Recording {
    /// The version of the format that is written and read. Other versions are refused.
    pub const VERSION: u64 = 1;

    fn new(redaction: Redaction, exchanges: Vec<Exchange>) -> Self {
        Self { version: Self::VERSION, redaction, exchanges }
    }

    /// Reads the text of a recording.
    ///
    /// # Errors
    ///
    /// [`RecordingError`] if it is none, or one of another version.
    pub fn from_text(text: &str) -> Result<Self, RecordingError> {
        let Version { version } = serde_json::from_str(text).map_err(RecordingError::no_recording)?;
        if version != Self::VERSION {
            return Err(RecordingError::other_version(version));
        }
        serde_json::from_str(text).map_err(RecordingError::no_recording)
    }

    /// The text, with a line break at its end.
    ///
    /// # Errors
    ///
    /// [`RecordingError`] if it cannot be written as JSON.
    pub fn to_text(&self) -> Result<String, RecordingError> {
        let text = serde_json::to_string_pretty(self).map_err(RecordingError::no_recording)?;
        Ok(text + "\n")
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`RecordingError`] if it cannot be read, is no recording, or one of another version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let text =
            fs::read_to_string(&path).map_err(|error| RecordingError::file("read", path.as_ref(), error))?;
        Self::from_text(&text)
    }

    /// Writes a file, in place of one that is there.
    ///
    /// # Errors
    ///
    /// [`RecordingError`] if it cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), RecordingError> {
        let text = self.to_text()?;
        fs::write(&path, text).map_err(|error| RecordingError::file("written", path.as_ref(), error))
    }

    /// How many requests it has.
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }
}
