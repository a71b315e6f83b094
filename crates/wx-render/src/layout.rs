use crate::{MAX_SIDE, Size, Style, Symbol};
use std::fmt;

/// Where the modules of a symbol lie in a picture; all in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The side of the picture.
    pub(crate) side: u32,
    /// The side of a module.
    pub(crate) module: u32,
    /// The light margin left of the first module and above it.
    pub(crate) margin: u32,
}

impl Layout {
    pub(crate) fn new(symbol: &Symbol, style: &Style) -> Result<Self, DrawError> {
        let width = u32::try_from(symbol.width()).unwrap_or(u32::MAX);
        let modules = width.saturating_add(2 * u32::from(style.quiet_zone));
        let (side, module) = match style.size {
            Size::Module(pixels) => (modules.saturating_mul(pixels), pixels),
            Size::Picture(pixels) => (pixels, pixels / modules),
        };
        if module == 0 {
            return Err(DrawError::TooSmall { needed: modules });
        }
        if side > MAX_SIDE {
            return Err(DrawError::TooLarge { side });
        }
        Ok(Self { side, module, margin: (side - width * module) / 2 })
    }
}

/// Why a symbol cannot be drawn in a [`Style`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawError {
    /// A module would be smaller than one pixel.
    TooSmall {
        /// The least side of the picture in pixels.
        needed: u32,
    },
    /// The picture would be larger than [`MAX_SIDE`].
    TooLarge {
        /// The side it would have, in pixels.
        side: u32,
    },
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSmall { needed } => write!(
                f,
                "the picture is too small for one pixel a module; make it at least {needed} pixels wide, better \
                 several times that"
            ),
            Self::TooLarge { side } => write!(
                f,
                "the picture would be {side} pixels wide, the most is {MAX_SIDE}; make it smaller, or scale an SVG"
            ),
        }
    }
}

impl std::error::Error for DrawError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    fn layout(size: Size) -> Result<Layout, DrawError> {
        let symbol = Symbol::from_modules(21, Level::M, [].into_iter());
        Layout::new(&symbol, &Style::new().size(size))
    }

    #[test]
    fn module_size_gives_the_picture_size() {
        assert_eq!(layout(Size::Module(1)), Ok(Layout { side: 29, module: 1, margin: 4 }));
        assert_eq!(layout(Size::Module(10)), Ok(Layout { side: 290, module: 10, margin: 40 }));
        assert_eq!(layout(Size::Module(564)).unwrap().side, 16_356);
    }

    #[test]
    fn picture_size_gives_the_module_size_and_centres_the_rest() {
        assert_eq!(layout(Size::Picture(29)), Ok(Layout { side: 29, module: 1, margin: 4 }));
        assert_eq!(layout(Size::Picture(57)), Ok(Layout { side: 57, module: 1, margin: 18 }));
        assert_eq!(layout(Size::Picture(58)), Ok(Layout { side: 58, module: 2, margin: 8 }));
        assert_eq!(layout(Size::Picture(MAX_SIDE)).unwrap().module, 564);
    }

    #[test]
    fn refuses_what_cannot_be_drawn() {
        assert_eq!(layout(Size::Module(0)), Err(DrawError::TooSmall { needed: 29 }));
        assert_eq!(layout(Size::Picture(28)), Err(DrawError::TooSmall { needed: 29 }));
        assert_eq!(layout(Size::Module(565)), Err(DrawError::TooLarge { side: 16_385 }));
        assert_eq!(layout(Size::Module(u32::MAX)), Err(DrawError::TooLarge { side: u32::MAX }));
        assert_eq!(layout(Size::Picture(MAX_SIDE + 1)), Err(DrawError::TooLarge { side: MAX_SIDE + 1 }));
    }
}
