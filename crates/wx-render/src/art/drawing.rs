use super::{ArtError, Format, Unreadable, area::Area, item::Item, module_shape::at, raster, svg_document};
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
/// What is looked at around the symbol, by its side: as a camera that takes in all of it.
const SURROUNDINGS: f32 = 0.3;
/// The same where the camera comes so near that a frame is out of sight, in modules.
const NEAR: f32 = 2.0;
/// Modules of more pixels than this are looked at from farther away only.
const LARGEST: f32 = 12.0;
/// The sides of a module in pixels at which the decoders look: as a camera that is near, or farther away.
const VIEWS: [f32; 5] = [8.0, 5.0, 3.2, 6.4, 4.1];
/// How much nearer than one pixel a pixel a camera comes.
const NEAREST: f32 = 2.0;

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

    /// The modules along one side of the symbol, without quiet zone.
    pub fn modules(&self) -> usize {
        pixels(self.symbol.width / self.module)
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
        let mut readers = Readers::default();
        for around in [self.symbol.width * SURROUNDINGS, self.module * NEAR] {
            let area = self.symbol.shrink(-around);
            let [left, top] = [area.x, area.y].map(|at| pixels(at * scale));
            let [right, bottom] = [area.x + area.width, area.y + area.height].map(|at| pixels(at * scale));
            let code = grey.crop(left, top, right - left, bottom - top);
            if code.is_some_and(|code| readers.look(&self.text, &code, self.module * scale)) {
                return Ok(());
            }
        }
        let Readers { by_rqrr, by_rxing } = readers;
        Err(Unreadable::Decoder { by_rqrr, by_rxing, module: self.module }.into())
    }
}

/// Who has read a picture so far.
#[derive(Debug, Default)]
struct Readers {
    by_rqrr: bool,
    by_rxing: bool,
}

impl Readers {
    /// Looks from several distances, upright and turned by a quarter, until both have read the text.
    fn look(&mut self, text: &str, code: &Grey, module: f32) -> bool {
        for code in [code, &code.turned()] {
            let as_it_is = (module <= LARGEST).then_some(1.0);
            for scale in as_it_is.into_iter().chain(VIEWS.map(|view| (view / module).min(NEAREST))) {
                let scaled = |length: usize| pixels(at(length) * scale);
                let Some(view) = code.scaled(scaled(code.width()), scaled(code.height())) else { continue };
                self.by_rqrr = self.by_rqrr || by_rqrr(&view).iter().any(|(read, _)| read == text);
                self.by_rxing = self.by_rxing || by_rxing(&view).is_some_and(|read| read == text);
                if self.by_rqrr && self.by_rxing {
                    return true;
                }
            }
        }
        false
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
        f.debug_struct("Drawing")
            .field("size", &(width, height))
            .field("level", level)
            .finish_non_exhaustive()
    }
}
