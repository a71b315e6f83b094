use super::{
    Grey, PictureError, Rows,
    picture_file::{PictureLimits, damaged},
};
use png::{ColorType, Decoder, InterlaceInfo, Limits, Transformations};
use std::io::{BufRead, Seek};

/// What the decoder may hold beside the picture.
const BYTES: usize = 8 * 1024 * 1024;

pub(super) fn read(
    file: impl BufRead + Seek,
    limits: PictureLimits,
    rows: &mut impl Rows,
) -> Result<(), PictureError> {
    let mut decoder = Decoder::new_with_limits(file, Limits { bytes: BYTES });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let info = decoder.read_header_info().map_err(damaged)?;
    let (size, is_interlaced) = (info.size(), info.interlaced);
    limits.check(size.0, size.1, false)?;
    let (width, height) = (size.0 as usize, size.1 as usize);
    rows.size(width, height);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (color, _) = reader.output_color_type();
    // A file that claims much and holds little ends before memory does.
    let mut interlaced = Vec::new();
    let mut line = Vec::new();
    while let Some(row) = reader.next_interlaced_row().map_err(damaged)? {
        line.clear();
        append(&mut line, row.data(), color);
        match row.interlace() {
            InterlaceInfo::Null(_) => rows.row(&line),
            InterlaceInfo::Adam7(pass) => {
                interlaced.resize(width * height, 255);
                png::expand_interlaced_row(&mut interlaced, width, &line, pass, 8);
            }
        }
    }
    reader.finish().map_err(damaged)?;
    if is_interlaced {
        rows.all(interlaced, width);
    }
    Ok(())
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
