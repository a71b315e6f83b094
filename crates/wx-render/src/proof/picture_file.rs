use super::{Grey, PictureError};
use png::{ColorType, Decoder, Limits, Transformations};
use std::io::Cursor;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

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
    /// The same where a decoder must hold all of it several times: interlaced PNG, progressive JPEG.
    pub(crate) buffered_pixels: u32,
    /// Whether a damaged JPEG is refused; a camera's own dialect is damage too.
    pub(crate) is_strict: bool,
}

/// The longer side of a picture.
const MAX_SIDE: u32 = 20_000;
/// What the PNG decoder may hold beside the picture.
const PNG_BYTES: usize = 8 * 1024 * 1024;
/// Each scan of a progressive JPEG goes over the whole picture.
const JPEG_SCANS: usize = 40;

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

    /// Reads the whole picture as grey. Nothing of its size is reserved before the limits are held.
    pub(crate) fn grey(self, file: &[u8], limits: PictureLimits) -> Result<Grey, PictureError> {
        match self {
            Self::Png => png(file, limits),
            Self::Jpeg => jpeg(file, limits),
        }
    }
}

impl PictureLimits {
    fn check(self, width: u32, height: u32, is_buffered: bool) -> Result<(), PictureError> {
        let most = if is_buffered { self.buffered_pixels } else { self.pixels };
        let is_fine =
            width <= MAX_SIDE && height <= MAX_SIDE && u64::from(width) * u64::from(height) <= most.into();
        is_fine.then_some(()).ok_or(PictureError::TooLarge { width, height, most })
    }
}

fn png(file: &[u8], limits: PictureLimits) -> Result<Grey, PictureError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: PNG_BYTES });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let info = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = info.size();
    let is_interlaced = info.interlaced;
    limits.check(width, height, is_interlaced)?;
    if is_interlaced {
        // The decoder holds the picture once more, in all its channels.
        decoder.set_limits(Limits { bytes: PNG_BYTES + limits.buffered_pixels as usize * 4 });
    }
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (color, _) = reader.output_color_type();
    let mut grey = Vec::new();
    if is_interlaced {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap_or(0)];
        reader.next_frame(&mut pixels).map_err(damaged)?;
        append(&mut grey, &pixels, color);
    } else {
        // A file that claims much and holds little ends before memory does.
        while let Some(row) = reader.next_row().map_err(damaged)? {
            append(&mut grey, row.data(), color);
        }
    }
    reader.finish().map_err(damaged)?;
    Grey::new(width as usize, height as usize, grey).ok_or_else(|| damaged("rows are missing"))
}

/// Transparent pixels lie on white paper.
fn append(grey: &mut Vec<u8>, row: &[u8], color: ColorType) {
    let luma = |rgb: &[u8]| Grey::luma(rgb[0], rgb[1], rgb[2]);
    match color {
        ColorType::GrayscaleAlpha => {
            grey.extend(row.chunks_exact(2).map(|pixel| on_white(pixel[0], pixel[1])));
        }
        ColorType::Rgb => grey.extend(row.chunks_exact(3).map(luma)),
        ColorType::Rgba => grey.extend(row.chunks_exact(4).map(|pixel| on_white(luma(pixel), pixel[3]))),
        ColorType::Grayscale | ColorType::Indexed => grey.extend_from_slice(row),
    }
}

fn on_white(value: u8, alpha: u8) -> u8 {
    let alpha = u16::from(alpha);
    u8::try_from((u16::from(value) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}

fn jpeg(file: &[u8], limits: PictureLimits) -> Result<Grey, PictureError> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::Luma)
        .jpeg_set_max_scans(JPEG_SCANS)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(limits.is_strict);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("it has no size"))?;
    limits.check(info.width.into(), info.height.into(), is_progressive(file))?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let pixels = decoder.decode().map_err(damaged)?;
    Grey::new(width, height, pixels).ok_or_else(|| damaged("rows are missing"))
}

/// Whether there may be a progressive frame; the marker's bytes within other data only make the check stricter.
fn is_progressive(file: &[u8]) -> bool {
    file.windows(2).any(|pair| pair == [0xff, 0xc2])
}

#[expect(clippy::needless_pass_by_value, reason = "called by map_err")]
fn damaged(reason: impl ToString) -> PictureError {
    PictureError::Damaged { reason: reason.to_string() }
}
