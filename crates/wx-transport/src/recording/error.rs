use super::Recording;
use std::{error::Error, fmt, path::Path};

/// Why a recording cannot be written or read.
#[derive(Debug)]
pub struct RecordingError {
    text: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl RecordingError {
    pub(super) fn no_recording(error: serde_json::Error) -> Self {
        Self {
            text: "this is no recording of requests; record it again".to_owned(),
            source: Some(error.into()),
        }
    }

    pub(super) fn other_version(version: u64) -> Self {
        let known = Recording::VERSION;
        Self {
            text: format!(
                "the recording has version {version}, and version {known} is read here; record it again"
            ),
            source: None,
        }
    }

    pub(super) fn file(done: &str, path: &Path, error: std::io::Error) -> Self {
        Self { text: format!("{} cannot be {done}", path.display()), source: Some(error.into()) }
    }

    pub(super) fn compressed(number: usize) -> Self {
        let text = format!(
            "the answer to request {number} is compressed, so that credentials in it cannot be found; ask for it with \
             the header accept-encoding: identity"
        );
        Self { text, source: None }
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for RecordingError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
