use super::{Grey, PictureError, Reduced, Rows, jpeg_file, png_file};
use std::io::{BufRead, Seek};

/// The kind of a picture, by its first bytes; names and content types say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureKind {
    Png,
    Jpeg,
}

/// What a picture may have before it is refused unread. Its own header says how large it is, in a few bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PictureLimits {
    /// Width times height.
    pub(crate) pixels: u32,
    /// The same where the decoder holds all coefficients, 6 bytes a pixel: JPEG that is progressive or not interleaved.
    pub(crate) buffered_pixels: u32,
    /// Whether a damaged JPEG is refused; a camera's own dialect is damage too.
    pub(crate) is_strict: bool,
}

/// The longer side of a picture.
const MAX_SIDE: u32 = 20_000;
/// What tells the kinds apart.
const MAGIC: usize = 8;

impl PictureKind {
    pub(crate) fn of(file: &[u8]) -> Option<Self> {
        if file.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if file.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else {
            None
        }
    }

    /// The kind of what is to be read, from where it stands.
    pub(crate) fn of_reader(file: &mut impl BufRead) -> Result<Self, PictureError> {
        let start = file.fill_buf().map_err(damaged)?;
        Self::of(start).ok_or_else(|| PictureError::no_picture(&start[..start.len().min(MAGIC)]))
    }

    /// Reads the whole picture as grey, line by line. Nothing of its size is reserved before the limits are held.
    pub(crate) fn rows(
        self,
        file: impl BufRead + Seek,
        limits: PictureLimits,
        rows: &mut impl Rows,
    ) -> Result<(), PictureError> {
        match self {
            Self::Png => png_file::read(file, limits, rows),
            Self::Jpeg => jpeg_file::read(file, limits, rows),
        }
    }

    /// The same in one piece.
    #[cfg(feature = "art")]
    pub(crate) fn grey(self, file: &[u8], limits: PictureLimits) -> Result<Grey, PictureError> {
        self.reduced(std::io::Cursor::new(file), limits, usize::MAX)
    }

    /// The same, made smaller on the way: at most so many pixels a side.
    pub(crate) fn reduced(
        self,
        file: impl BufRead + Seek,
        limits: PictureLimits,
        side: usize,
    ) -> Result<Grey, PictureError> {
        let mut rows = Reduced::to(side);
        self.rows(file, limits, &mut rows)?;
        rows.finish().ok_or_else(|| damaged("rows are missing"))
    }

    /// Reads it to see that it is whole; its width and height.
    #[cfg(feature = "art")]
    pub(crate) fn check(self, file: &[u8], limits: PictureLimits) -> Result<(usize, usize), PictureError> {
        let mut rows = super::rows::Dimensions::default();
        self.rows(std::io::Cursor::new(file), limits, &mut rows)?;
        rows.finish().ok_or_else(|| damaged("rows are missing"))
    }
}

impl PictureLimits {
    pub(super) fn check(self, width: u32, height: u32, is_buffered: bool) -> Result<(), PictureError> {
        let most = if is_buffered { self.buffered_pixels } else { self.pixels };
        let is_fine =
            width <= MAX_SIDE && height <= MAX_SIDE && u64::from(width) * u64::from(height) <= most.into();
        is_fine.then_some(()).ok_or(PictureError::TooLarge { width, height, most })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "called by map_err")]
pub(super) fn damaged(reason: impl ToString) -> PictureError {
    PictureError::Damaged { reason: reason.to_string() }
}
