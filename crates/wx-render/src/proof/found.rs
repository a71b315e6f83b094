use super::{
    Grey, PictureError,
    picture_file::{PictureKind, PictureLimits},
    search,
};
use std::io::{BufRead, Cursor, Seek};

/// A text that was read in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// What the symbol says.
    pub text: String,
    /// Whether rqrr read it.
    pub by_rqrr: bool,
    /// Whether rxing read it.
    pub by_rxing: bool,
    /// Whether it was light on dark; many phones do not read that.
    pub is_inverted: bool,
}

/// What may be read: photos of 25 megapixels; twice their bytes are never held.
const LIMITS: PictureLimits =
    PictureLimits { pixels: 25_000_000, buffered_pixels: 6_000_000, is_strict: false };

/// Reads all symbols in a PNG or JPEG file, a drawing or a photo, with two decoders that share no code.
///
/// Nothing found is an empty list. The picture may have 25 million pixels, 6 million as a progressive JPEG; a
/// JPEG file may have 16 MB. 50 MB of memory are enough for that, and some seconds for a picture that was made to waste time.
///
/// # Errors
///
/// [`PictureError`] if it is of another kind, larger, or damaged.
pub fn read(file: &[u8]) -> Result<Vec<Found>, PictureError> {
    read_file(Cursor::new(file))
}

/// The same from a file that is open, so that it needs not be in memory.
///
/// # Errors
///
/// As with [`read`], and if the file cannot be read.
pub fn read_file(file: impl BufRead + Seek) -> Result<Vec<Found>, PictureError> {
    Ok(search::search(&picture(file)?))
}

/// No larger than it is ever looked at.
fn picture(mut file: impl BufRead + Seek) -> Result<Grey, PictureError> {
    PictureKind::of_reader(&mut file)?.reduced(file, LIMITS, search::LARGEST)
}

/// What the symbol in a picture says, by the first decoder that reads it: many times as fast as [`read`] where a picture is
/// clean and its symbol alone, as a drawing of ours or of the platform is.
///
/// # Errors
///
/// As with [`read`].
pub fn read_one(file: &[u8]) -> Result<Option<String>, PictureError> {
    Ok(search::first(&picture(Cursor::new(file))?))
}
