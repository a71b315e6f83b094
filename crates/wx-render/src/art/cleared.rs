use super::{module_shape::at, parts::Logo};
use crate::Level;

/// The modules that a logo covers.
#[derive(Debug)]
pub(crate) struct Cleared {
    width: usize,
    /// Half of the cleared square, or the radius of the circle; by modules.
    reach: f32,
    is_round: bool,
}

/// A module that the cleared place only grazes stays.
const GRAZE: f32 = 0.35;

impl Cleared {
    pub(crate) fn new(logo: &Logo, width: usize) -> Self {
        let half = at(width) * logo.size / 200.0;
        // The circle goes through the corners of what most round logos leave empty.
        let reach = if logo.is_round { half * 1.08 } else { half } + logo.margin;
        Self { width, reach, is_round: logo.is_round }
    }

    pub(crate) fn covers(&self, x: usize, y: usize) -> bool {
        // From the middle of the symbol to the middle of the module.
        let [dx, dy] = [x, y].map(|at_| (at(at_) + 0.5 - at(self.width) / 2.0).abs());
        let reach = self.reach + 0.5 - GRAZE;
        if self.is_round { dx.hypot(dy) < reach } else { dx < reach && dy < reach }
    }

    /// What is damaged, in percent of the symbol's codewords: all that the cleared place may touch. A codeword mostly is 2
    /// modules wide and 4 high.
    pub(crate) fn share(&self) -> f32 {
        let row = self.width / 2;
        let across = at((0..self.width).filter(|x| self.covers(*x, row)).count());
        let touched = (across / 2.0 + 1.0) * (across / 4.0 + 1.0) * if self.is_round { ROUND } else { 1.0 };
        100.0 * touched / at(codewords(self.width))
    }
}

/// What a circle touches of what its square touches.
const ROUND: f32 = 0.85;

/// The codewords of a symbol, data and error correction (ISO/IEC 18004 table 1).
fn codewords(width: usize) -> usize {
    let version = (width - 17) / 4;
    let places = if version < 2 { 0 } else { version / 7 + 2 };
    // Without eyes, timing and format information.
    let modules = (16 * version + 128) * version + 64;
    let alignment = if places == 0 { 0 } else { (25 * places - 10) * places - 55 };
    let version_information = if version < 7 { 0 } else { 36 };
    (modules - alignment - version_information) / 8
}

/// What a logo may damage at a level, in percent of the codewords: little more than half of what the level brings back,
/// because dirt and bad light come later.
pub(crate) fn most_covered(level: Level) -> f32 {
    match level {
        Level::L => 4.0,
        Level::M => 8.0,
        Level::Q => 14.0,
        Level::H => super::unreadable::MOST_COVERED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codewords_are_those_of_the_standard() {
        let known = [(1, 26), (2, 44), (3, 70), (5, 134), (6, 172), (7, 196), (14, 581), (40, 3706)];
        for (version, count) in known {
            assert_eq!(codewords(version * 4 + 17), count, "version {version}");
        }
    }
}
