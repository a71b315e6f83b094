use fast_qr::{ECL, QRBuilder};
use std::fmt;

/// A QR symbol (ISO/IEC 18004): a square of dark and light modules that holds a text.
///
/// The smallest version that holds the text and the mask with the least penalty are chosen by themselves. Draw it
/// with [`to_svg`](Self::to_svg), [`to_png`](Self::to_png) or [`to_terminal`](Self::to_terminal).
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    pub(crate) width: usize,
    /// Row by row.
    pub(crate) dark: Vec<bool>,
}

impl Symbol {
    /// Encodes a text: digits alone or capital letters in their dense modes, everything else as UTF-8 bytes.
    pub fn encode(text: &str, level: Level) -> Result<Self, EncodeError> {
        if text.is_empty() {
            return Err(EncodeError::Empty);
        }
        let too_long = |_| EncodeError::TooLong { bytes: text.len(), level };
        let code = QRBuilder::new(text).ecl(level.to_fast_qr()).build().map_err(too_long)?;
        let modules = &code.data[..code.size * code.size];
        Ok(Self { width: code.size, dark: modules.iter().map(|module| module.value()).collect() })
    }

    /// The modules along one side, without quiet zone: 21 to 177.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether the module in column `x` and row `y` is dark. (0, 0) is the upper left corner; everything outside
    /// the symbol is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.width && self.dark[y * self.width + x]
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks_exact(self.width)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Symbol").field("width", &self.width).finish_non_exhaustive()
    }
}

/// How much of a symbol may be damaged or covered before it cannot be read any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::exhaustive_enums, reason = "the standard has these four")]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %; the default.
    #[default]
    M,
    /// About 25 %.
    Q,
    /// About 30 %; for a symbol with a logo on it.
    H,
}

impl Level {
    /// The longest text in bytes. Digits alone (2.4 times as many) or capital letters (1.4 times) take less room.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::L => 2953,
            Self::M => 2331,
            Self::Q => 1663,
            Self::H => 1273,
        }
    }

    fn to_fast_qr(self) -> ECL {
        match self {
            Self::L => ECL::L,
            Self::M => ECL::M,
            Self::Q => ECL::Q,
            Self::H => ECL::H,
        }
    }
}

/// Why a text has no [`Symbol`].
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
