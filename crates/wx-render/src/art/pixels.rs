use super::{Picture, picture::Kind, raster, tile::whole};
use resvg::tiny_skia::{ColorU8, PremultipliedColorU8};

/// A picture as pixels.
#[derive(Debug)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Three bytes a pixel.
    pub(crate) rgb: Vec<u8>,
    /// One byte a pixel, if any is not opaque.
    pub(crate) alpha: Option<Vec<u8>>,
}

/// The longer side of an SVG as pixels: 600 dpi on 5 cm.
const SVG_SIDE: f32 = 1200.0;

impl Picture {
    /// Decodes it, or draws it if it is an SVG.
    pub(crate) fn pixels(&self) -> Pixels {
        let (width, height) = self.size();
        let scale = if self.kind() == Kind::Svg { SVG_SIDE / width.max(height) } else { 1.0 };
        let [across, down] = [width, height].map(|side| whole(side * scale).max(1));
        let pixmap = raster::picture(self, across, down);
        let straight = || pixmap.pixels().iter().map(PremultipliedColorU8::demultiply);
        let rgb = straight().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
        let is_opaque = pixmap.pixels().iter().all(PremultipliedColorU8::is_opaque);
        let alpha = (!is_opaque).then(|| straight().map(ColorU8::alpha).collect());
        Pixels { width: pixmap.width(), height: pixmap.height(), rgb, alpha }
    }

    /// Three with colours, one without; four is for printers.
    pub(crate) fn jpeg_channels(&self) -> u8 {
        // In a frame header: marker, length, bits, height, width, channels.
        let is_frame = |head: &&[u8]| head[0] == 0xff && matches!(head[1], 0xc0..=0xc2);
        self.bytes().windows(10).find(is_frame).map_or(0, |head| head[9])
    }
}
