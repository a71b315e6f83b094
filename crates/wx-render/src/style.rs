#[cfg(feature = "art")]
use crate::art::Art;

/// How a symbol is drawn: black on white, by default ten pixels a module and four modules of quiet zone.
///
/// With the feature `art` it also says how a code looks: colours, shapes, logo, frame, caption, poster. The functions
/// of [`Symbol`](crate::Symbol) draw plainly and take only size and quiet zone from it; `Style::draw` draws everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    pub(crate) quiet_zone: u8,
    pub(crate) size: Size,
    #[cfg(feature = "art")]
    pub(crate) art: Art,
}

impl Style {
    /// The default style.
    pub fn new() -> Self {
        Self::default()
    }

    /// The light margin on every side, in modules. The standard wants 4, the default; with less, some readers fail
    /// unless the surroundings are light too.
    pub fn quiet_zone(mut self, modules: u8) -> Self {
        self.quiet_zone = modules;
        self
    }

    /// The size of the picture; [`Size::Module`] of 10 by default. A terminal has its own size.
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            quiet_zone: 4,
            size: Size::Module(10),
            #[cfg(feature = "art")]
            art: Art::default(),
        }
    }
}

/// What fixes the size of a picture. Modules always are whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Size {
    /// The side of one module in pixels.
    Module(u32),
    /// The side of the whole picture in pixels. Modules become as large as fits, and what is left over widens the
    /// quiet zone.
    Picture(u32),
}

/// The largest side of a picture in pixels.
pub const MAX_SIDE: u32 = 16_384;
