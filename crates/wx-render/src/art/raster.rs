use super::{ArtError, Drawing, module_shape::at, svg_document};
#[cfg(feature = "pdf")]
use super::{Picture, area::Area, item::Item};
#[cfg(feature = "pdf")]
use crate::Level;
use crate::proof::Grey;
use jpeg_encoder::{ColorType as JpegColor, Encoder as JpegEncoder, PixelDensity, SamplingFactor};
use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use resvg::{
    tiny_skia::{Color, Pixmap, PremultipliedColorU8, Transform},
    usvg::{ImageHrefResolver, Options, Tree},
};

/// Little to see, and small files.
const QUALITY: u8 = 92;
const NEVER_FAILS: &str = "the size is not zero, the pixels fill it, and a Vec takes all bytes";

pub(super) fn png(drawing: &Drawing) -> Result<Vec<u8>, ArtError> {
    let pixmap = pixmap(drawing, 1.0)?;
    let (width, height) = (pixmap.width(), pixmap.height());
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    if let Some(dpi) = drawing.dpi {
        let metre = u32::try_from((u64::from(dpi) * 10_000 + 127) / 254).unwrap_or(u32::MAX);
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: metre, yppu: metre, unit: Unit::Meter }));
    }
    let (color, depth, pixels) = packed(&pixmap);
    encoder.set_color(color);
    encoder.set_depth(depth);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
    written.expect(NEVER_FAILS);
    Ok(file)
}

/// The pixels with as few channels and bits as they need.
fn packed(pixmap: &Pixmap) -> (ColorType, BitDepth, Vec<u8>) {
    let pixels = pixmap.pixels();
    if !pixels.iter().all(PremultipliedColorU8::is_opaque) {
        let straight = pixels.iter().map(PremultipliedColorU8::demultiply);
        let pixels = straight.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]);
        return (ColorType::Rgba, BitDepth::Eight, pixels.collect());
    }
    let is_bit = |value: u8| value == 0 || value == 255;
    let is_grey = pixels.iter().all(|pixel| pixel.red() == pixel.green() && pixel.green() == pixel.blue());
    if is_grey && pixels.iter().all(|pixel| is_bit(pixel.red())) {
        let pack = |bits: &[_]| {
            let bit = |(at, pixel): (usize, &PremultipliedColorU8)| (pixel.red() & 0x80) >> at;
            bits.iter().enumerate().map(bit).fold(0, |byte, bit| byte | bit)
        };
        let rows = pixels.chunks_exact(pixmap.width() as usize);
        return (ColorType::Grayscale, BitDepth::One, rows.flat_map(|row| row.chunks(8).map(pack)).collect());
    }
    if is_grey {
        return (ColorType::Grayscale, BitDepth::Eight, pixels.iter().map(|pixel| pixel.red()).collect());
    }
    (ColorType::Rgb, BitDepth::Eight, rgb(pixmap))
}

pub(super) fn jpeg(drawing: &Drawing) -> Result<Vec<u8>, ArtError> {
    let mut pixmap = pixmap(drawing, 1.0)?;
    on_white(&mut pixmap);
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new(&mut file, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    if let Some(dpi) = drawing.dpi.and_then(|dpi| u16::try_from(dpi).ok()) {
        encoder.set_density(PixelDensity::dpi(dpi));
    }
    let [width, height] =
        [pixmap.width(), pixmap.height()].map(|side| u16::try_from(side).unwrap_or(u16::MAX));
    encoder.encode(&rgb(&pixmap), width, height, JpegColor::Rgb).expect(NEVER_FAILS);
    Ok(file)
}

/// The drawing in grey on white paper, scaled.
pub(super) fn grey(drawing: &Drawing, scale: f32) -> Result<Grey, ArtError> {
    let mut pixmap = pixmap(drawing, scale)?;
    on_white(&mut pixmap);
    let pixels = pixmap.pixels().iter().map(|pixel| Grey::luma(pixel.red(), pixel.green(), pixel.blue()));
    let grey = Grey::new(pixmap.width() as usize, pixmap.height() as usize, pixels.collect());
    Ok(grey.expect(NEVER_FAILS))
}

/// A picture alone, in that size.
#[cfg(feature = "pdf")]
pub(super) fn picture(picture: &Picture, width: u32, height: u32) -> Pixmap {
    let area = Area::new(0.0, 0.0, at(width as usize), at(height as usize));
    let alone = Drawing {
        items: vec![Item::Picture { area, picture: picture.clone() }],
        width,
        height,
        dpi: None,
        text: String::new(),
        level: Level::L,
        symbol: area,
        module: 1.0,
        plain: None,
    };
    pixmap(&alone, 1.0).expect("a picture has fewer pixels than a drawing may have")
}

fn rgb(pixmap: &Pixmap) -> Vec<u8> {
    pixmap.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
}

/// Transparent places show white paper.
fn on_white(pixmap: &mut Pixmap) {
    let mut paper = Pixmap::new(pixmap.width(), pixmap.height()).expect(NEVER_FAILS);
    paper.fill(Color::WHITE);
    let paint = resvg::tiny_skia::PixmapPaint::default();
    paper.draw_pixmap(0, 0, pixmap.as_ref(), &paint, Transform::identity(), None);
    *pixmap = paper;
}

/// What the SVG document shows, so that all formats show the same.
fn pixmap(drawing: &Drawing, scale: f32) -> Result<Pixmap, ArtError> {
    if scale >= 1.0 {
        drawing.check_pixels()?;
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let (width, height) = drawing.size();
    let tree = Tree::from_str(&svg_document::write(drawing), &options)
        .map_err(|error| ArtError::Value(format!("the drawing cannot be drawn: {error}")))?;
    let side = |side: u32| super::tile::whole(at(side as usize) * scale).max(1);
    let (across, down) = (side(width), side(height));
    let mut pixmap =
        Pixmap::new(across, down).ok_or(crate::DrawError::TooLarge { side: width.max(height) })?;
    // On paper, the tree has the size of the paper in its own pixels.
    let (x, y) = (at(across as usize) / tree.size().width(), at(down as usize) / tree.size().height());
    resvg::render(&tree, Transform::from_scale(x, y), &mut pixmap.as_mut());
    Ok(pixmap)
}
