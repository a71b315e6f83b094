use super::{eye::is_eye, module_shape::at, parts::Logo};
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

    /// What is covered, in percent of the symbol.
    pub(crate) fn share(&self) -> f32 {
        let modules = (0..self.width).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let covered = modules.filter(|(x, y)| self.covers(*x, *y) && !is_eye(*x, *y, self.width)).count();
        100.0 * at(covered) / at(self.width * self.width)
    }
}

/// What a logo may cover at a level, in percent of the symbol: less than half of what the level brings back, because the
/// covered words are more than the covered modules, and dirt and bad light come later.
pub(crate) fn most_covered(level: Level) -> f32 {
    match level {
        Level::L => 2.5,
        Level::M => 6.0,
        Level::Q => 10.0,
        Level::H => super::unreadable::MOST_COVERED,
    }
}
