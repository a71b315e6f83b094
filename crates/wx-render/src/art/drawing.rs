use super::{
    ArtError, Format, Unreadable,
    area::Area,
    item::Item,
    module_shape::at,
    raster, svg_document,
};
use crate::{
    DrawError, Level, MAX_SIDE, Style, Symbol,
    proof::{Grey, PictureKind, PictureLimits, by_rqrr, by_rxing},
};
use std::fmt;

/// A finished picture of a code: shapes and pictures, not yet a file.
#[derive(Clone)]
pub struct Drawing {
    pub(crate) items: Vec<Item>,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) dpi: Option<u32>,
    pub(crate) text: String,
    pub(crate) level: Level,
    /// The symbol without quiet zone.
    pub(crate) symbol: Area,
    pub(crate) module: f32,
    /// The symbol and its style, if both are so plain that the short ways draw the same.
    pub(crate) plain: Option<(Symbol, Style)>,
}

/// A picture that a program holds whole while it draws: 200 MB.
const MOST_PIXELS: u64 = 50_000_000;
/// What a file of ours may have when it is read again.
const LIMITS: PictureLimits =
    PictureLimits { pixels: MAX_SIDE * MAX_SIDE, buffered_pixels: 0, is_strict: true };
/// What is looked at around the symbol, by its side.
const SURROUNDINGS: f32 = 0.3;
/// The sides of a module in pixels at which the decoders look: as a camera that is near, or farther away.
const VIEWS: [f32; 3] = [8.0, 5.0, 3.2];

impl Drawing {
    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The same as lengths.
    #[cfg(feature = "pdf")]
    pub(crate) fn page_size(&self) -> (f32, f32) {
        (at(self.width as usize), at(self.height as usize))
    }

    /// The level that the code really has: that of the style, raised if the logo needs it.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The picture as a file, after two independent decoders (rqrr and rxing) read in it what it is to say.
    ///
    /// PNG and JPEG are read from the bytes that are returned, SVG and PDF from a picture of the same drawing.
    ///
    /// # Errors
    ///
    /// [`ArtError::Unreadable`] if one of them does not; [`ArtError::Draw`] if the picture is too large for pixels.
    pub fn file(&self, format: Format) -> Result<Vec<u8>, ArtError> {
        let file = self.file_unproven(format)?;
        self.prove(format, &file)?;
        Ok(file)
    }

    /// The same without reading it: for the many pictures of a batch of which [`Proof`](crate::Proof) samples some.
    ///
    /// # Errors
    ///
    /// [`ArtError::Draw`] if the picture is too large for pixels.
    pub fn file_unproven(&self, format: Format) -> Result<Vec<u8>, ArtError> {
        if let (Some((symbol, style)), None) = (&self.plain, self.dpi) {
            match format {
                Format::Svg => return Ok(symbol.to_svg(style)?.into_bytes()),
                Format::Png => return Ok(symbol.to_png(style)?),
                _ => {}
            }
        }
        match format {
            Format::Svg => Ok(svg_document::write(self).into_bytes()),
            Format::Png => raster::png(self),
            Format::Jpeg => raster::jpeg(self),
            #[cfg(feature = "pdf")]
            Format::Pdf => Ok(crate::pdf::page(self)),
        }
    }

    /// Whether it may become pixels.
    pub(super) fn check_pixels(&self) -> Result<(), ArtError> {
        let longest = self.width.max(self.height);
        let is_fine = longest <= MAX_SIDE && u64::from(self.width) * u64::from(self.height) <= MOST_PIXELS;
        if is_fine { Ok(()) } else { Err(DrawError::TooLarge { side: longest }.into()) }
    }

    fn prove(&self, format: Format, file: &[u8]) -> Result<(), ArtError> {
        let (grey, scale) = match PictureKind::of(file) {
            Some(kind) if format.is_pixels() => (kind.grey(file, LIMITS)?, 1.0),
            _ => {
                let scale = (VIEWS[0] / self.module).min(1.0);
                (raster::grey(self, scale)?, scale)
            }
        };
        let around = self.symbol.width * SURROUNDINGS;
        let area = self.symbol.shrink(-around);
        let [left, top] = [area.x, area.y].map(|at| pixels(at * scale));
        let [right, bottom] = [area.x + area.width, area.y + area.height].map(|at| pixels(at * scale));
        let code = grey.crop(left, top, right - left, bottom - top);
        let code = code.ok_or_else(|| ArtError::Value("the code lies outside of the picture".to_owned()))?;
        Ok(self.read(&code, self.module * scale)?)
    }

    fn read(&self, code: &Grey, module: f32) -> Result<(), Unreadable> {
        let (mut rqrr, mut rxing) = (false, false);
        let mut seen = None;
        for view in VIEWS.map(|view| (view / module).min(1.0)) {
            if seen == Some(view) {
                continue;
            }
            seen = Some(view);
            let scaled = |length: usize| pixels(at(length) * view);
            let Some(view) = code.scaled(scaled(code.width()), scaled(code.height())) else { continue };
            rqrr = rqrr || by_rqrr(&view).contains(&self.text);
            rxing = rxing || by_rxing(&view, false).contains(&self.text);
            if rqrr && rxing {
                return Ok(());
            }
        }
        Err(Unreadable::Decoder { by_rqrr: rqrr, by_rxing: rxing, module: self.module })
    }
}

/// A place in whole pixels; what lies left of the picture is its edge.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn pixels(at: f32) -> usize {
    at.round() as usize
}

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, height, level, .. } = self;
        f.debug_struct("Drawing").field("size", &(width, height)).field("level", level).finish_non_exhaustive()
    }
}
