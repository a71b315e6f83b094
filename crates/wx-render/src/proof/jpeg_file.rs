use super::{
    PictureError, Rows,
    picture_file::{PictureLimits, damaged},
};
use std::io::{BufRead, Read, Seek, SeekFrom};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{colorspace::ColorSpace, options::DecoderOptions},
};

/// Each scan of a progressive picture goes over all of it.
const SCANS: usize = 40;
/// The largest file: a camera's 25 megapixels have half of it. The decoder keeps what a file tells about itself.
const BYTES: u64 = 16 * 1024 * 1024;

pub(super) fn read(
    mut file: impl BufRead + Seek,
    limits: PictureLimits,
    rows: &mut impl Rows,
) -> Result<(), PictureError> {
    let start = file.stream_position().map_err(damaged)?;
    let bytes = file.seek(SeekFrom::End(0)).map_err(damaged)? - start;
    if bytes > BYTES {
        return Err(PictureError::TooLong { bytes, most: BYTES });
    }
    file.seek(SeekFrom::Start(start)).map_err(damaged)?;
    let is_buffered = is_buffered(&mut file)?;
    file.seek(SeekFrom::Start(start)).map_err(damaged)?;
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::Luma)
        .jpeg_set_max_scans(SCANS)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(limits.is_strict);
    let mut decoder = JpegDecoder::new_with_options(file, options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("it has no size"))?;
    limits.check(info.width.into(), info.height.into(), is_buffered)?;
    if info.components > 3 {
        return Err(PictureError::Cmyk);
    }
    rows.size(info.width.into(), info.height.into());
    drop(info);
    let width = decoder.dimensions().map_or(1, |(width, _)| width);
    let pixels = decoder.decode().map_err(damaged)?;
    drop(decoder);
    rows.all(pixels, width);
    Ok(())
}

/// Whether the decoder holds the coefficients of all components at once: several scans are needed for a picture. Goes
/// through the segments up to the first scan; what cannot be gone through counts as such.
fn is_buffered(file: &mut (impl BufRead + Seek)) -> Result<bool, PictureError> {
    let mut components = 0;
    let mut is_progressive = false;
    file.seek_relative(2).map_err(damaged)?;
    loop {
        let [mark, marker] = bytes(file)?;
        if mark != 0xff {
            return Ok(true);
        }
        if marker == 0xff {
            file.seek_relative(-1).map_err(damaged)?;
            continue;
        }
        let length = i64::from(u16::from_be_bytes(bytes(file)?));
        match marker {
            0xc0..=0xc2 => {
                let [.., count] = bytes::<6>(file)?;
                components = count;
                is_progressive |= marker == 0xc2;
                file.seek_relative(length - 8).map_err(damaged)?;
            }
            0xda => {
                let [count] = bytes(file)?;
                return Ok(is_progressive || count != components);
            }
            0xc4 | 0xdb | 0xdd | 0xe0..=0xef | 0xfe => file.seek_relative(length - 2).map_err(damaged)?,
            _ => return Ok(true),
        }
    }
}

fn bytes<const N: usize>(file: &mut impl Read) -> Result<[u8; N], PictureError> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}
