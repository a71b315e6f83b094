use crate::Level;
use std::fmt;

/// Why a text has no [`Symbol`](crate::Symbol).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// There is no text.
    Empty,
    /// The text does not fit into the largest symbol.
    TooLong {
        /// The length of the text.
        bytes: usize,
        /// The level it was to be encoded with.
        level: Level,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no text to encode; give at least one character"),
            Self::TooLong { bytes, level } => write!(
                f,
                "a text of {bytes} bytes does not fit into a QR symbol, level {level:?} holds {}; shorten it or \
                 choose a lower level",
                level.max_bytes()
            ),
        }
    }
}

impl std::error::Error for EncodeError {}
