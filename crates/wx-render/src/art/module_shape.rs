use super::{area::Area, eye::is_eye, outline::Outline};
use crate::Symbol;
use resvg::tiny_skia::Path;
use serde::Deserialize;

/// The shape of the dark modules outside of the eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ModuleShape {
    /// Full squares, as in the standard.
    #[default]
    Square,
    /// Separate circles.
    Dot,
    /// Separate squares with round corners.
    Rounded,
    /// Neighbours run together, free corners are round.
    Connected,
}

/// Diameter of a dot, in modules: as large as it can be and still stand alone.
const DOT: f32 = 0.92;
/// Side of a rounded module.
const ROUNDED: f32 = 0.94;
/// Radius of its corners.
const ROUNDED_CORNER: f32 = 0.3;

impl ModuleShape {
    /// The dark modules outside of the eyes that `is_kept`, with the symbol's upper left corner at (x, y).
    pub(crate) fn draw(
        self,
        symbol: &Symbol,
        is_kept: impl Fn(usize, usize) -> bool,
        (left, top): (f32, f32),
        module: f32,
    ) -> Option<Path> {
        let width = symbol.width();
        let is_ink = |x: usize, y: usize| symbol.is_dark(x, y) && !is_eye(x, y, width) && is_kept(x, y);
        // Coordinates of the module above or left of the first wrap around and lie outside, where all is light.
        let mut outline = Outline::default();
        for y in 0..width {
            let mut x = 0;
            while x < width {
                let length = self.run((x..width).take_while(|x| is_ink(*x, y)).count());
                if length > 0 {
                    let (from, to) = (x, x + length - 1);
                    let is_free = |x: usize, y: usize| !is_ink(x, y);
                    let (above, below) = (y.wrapping_sub(1), y + 1);
                    let free =
                        [is_free(from, above), is_free(to, above), is_free(to, below), is_free(from, below)];
                    let area =
                        Area::new(left + at(x) * module, top + at(y) * module, at(length) * module, module);
                    self.add(&mut outline, area, free, module);
                }
                x += length.max(1);
            }
        }
        outline.finish()
    }

    /// The radius of the corners of larger parts, in modules.
    pub(crate) fn corner(self) -> f32 {
        if self == Self::Square { 0.0 } else { 0.4 }
    }

    /// How many of so many dark neighbours in a row are drawn as one.
    fn run(self, length: usize) -> usize {
        match self {
            Self::Square | Self::Connected => length,
            Self::Dot | Self::Rounded => length.min(1),
        }
    }

    fn add(self, outline: &mut Outline, area: Area, free: [bool; 4], module: f32) {
        match self {
            Self::Square => outline.rectangle(area),
            Self::Dot => {
                let (x, y) = area.centre();
                outline.circle(x, y, module * DOT / 2.0);
            }
            Self::Rounded => {
                let area = area.shrink(module * (1.0 - ROUNDED) / 2.0);
                outline.rounded(area, [module * ROUNDED_CORNER; 4]);
            }
            Self::Connected => {
                outline.rounded(area, free.map(|free| if free { module / 2.0 } else { 0.0 }));
            }
        }
    }
}

/// A count of modules as a length.
#[expect(clippy::cast_precision_loss, reason = "a symbol has at most 177 modules a side")]
pub(crate) fn at(modules: usize) -> f32 {
    modules as f32
}
