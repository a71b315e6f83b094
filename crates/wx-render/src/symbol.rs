mod encode_error;
mod runs;
mod small;

use crate::Level;
pub use encode_error::EncodeError;
use fast_qr::{ECL, QRBuilder};
use small::Small;
use std::fmt;

/// A QR symbol (ISO/IEC 18004): a square of dark and light modules that holds a text.
///
/// The smallest version that holds the text and the mask with the least penalty are chosen by themselves. Draw it
/// with [`to_svg`](Self::to_svg), [`to_png`](Self::to_png) or [`to_terminal`](Self::to_terminal), or by yourself
/// from [`is_dark`](Self::is_dark).
///
/// ```
/// use wx_render::{Level, Symbol};
///
/// let symbol = Symbol::encode_at_least("http://weixin.qq.com/q/02aB3kLmNoPqR10000g07Z", Level::M)?;
/// assert_eq!((symbol.width(), symbol.level()), (33, Level::Q));
/// assert!(symbol.is_dark(0, 0) && !symbol.is_dark(1, 1));
/// # Ok::<(), wx_render::EncodeError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    width: usize,
    level: Level,
    /// From top to bottom, each in as many words as it needs; the lowest bit is the leftmost module, 1 is dark.
    rows: Vec<u64>,
}

impl Symbol {
    /// Encodes a text: digits alone or capital letters in their dense modes, everything else as UTF-8 bytes.
    pub fn encode(text: &str, level: Level) -> Result<Self, EncodeError> {
        if text.is_empty() {
            return Err(EncodeError::Empty);
        }
        // A small letter or a character beyond ASCII takes the byte mode.
        let is_dense = !text.bytes().any(|byte| byte.is_ascii_lowercase() || !byte.is_ascii());
        if !is_dense && let Some(Small { width, rows }) = Small::encode(text.as_bytes(), level) {
            return Ok(Self { width, level, rows: rows[..width].to_vec() });
        }
        let too_long = |_| EncodeError::TooLong { bytes: text.len(), level };
        let code = QRBuilder::new(text).ecl(level.into()).build().map_err(too_long)?;
        let modules = &code.data[..code.size * code.size];
        Ok(Self::from_modules(code.size, level, modules.iter().map(|module| module.value())))
    }

    /// Like [`encode`](Self::encode), at the strongest level that takes no larger symbol than `level` does: most texts leave
    /// room for more error correction than was asked for.
    pub fn encode_at_least(text: &str, level: Level) -> Result<Self, EncodeError> {
        let mut symbol = Self::encode(text, level)?;
        for stronger in Level::ALL.into_iter().filter(|stronger| *stronger > level) {
            match Self::encode(text, stronger) {
                Ok(other) if other.width == symbol.width => symbol = other,
                _ => break,
            }
        }
        Ok(symbol)
    }

    /// The modules along one side, without quiet zone: 21 to 177.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The level that it was encoded with.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether the module in column `x` and row `y` is dark. (0, 0) is the upper left corner; everything outside
    /// the symbol is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.width && self.row(y)[x / 64] >> (x % 64) & 1 == 1
    }

    /// Column and length of every run of dark modules in row `y`, from left to right.
    pub(crate) fn runs(&self, y: usize) -> runs::Runs<'_> {
        runs::Runs::new(self.row(y))
    }

    fn row(&self, y: usize) -> &[u64] {
        let words = self.width.div_ceil(64);
        &self.rows[y * words..][..words]
    }

    /// Modules row by row.
    pub(crate) fn from_modules(width: usize, level: Level, modules: impl Iterator<Item = bool>) -> Self {
        let words = width.div_ceil(64);
        let mut rows = vec![0; words * width];
        for (index, _) in modules.enumerate().filter(|(_, dark)| *dark) {
            let (x, y) = (index % width, index / width);
            rows[y * words + x / 64] |= 1 << (x % 64);
        }
        Self { width, level, rows }
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Symbol")
            .field("width", &self.width)
            .field("level", &self.level)
            .finish_non_exhaustive()
    }
}

impl From<Level> for ECL {
    fn from(level: Level) -> Self {
        match level {
            Level::L => Self::L,
            Level::M => Self::M,
            Level::Q => Self::Q,
            Level::H => Self::H,
        }
    }
}
