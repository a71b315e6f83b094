use super::binary::Binary;

/// One of the three squares in the corners of a symbol (finder pattern).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finder {
    /// Of its middle.
    pub(super) x: f32,
    pub(super) y: f32,
    /// The side of a module, in pixels.
    pub(super) module: f32,
    /// How many lines go through it.
    lines: f32,
}

/// A picture with more of them is a trap, or no picture of codes.
pub(super) const MOST: usize = 512;

/// Looks for them, from above: on any line through the middle of one, dark and light alternate as 1:1:3:1:1.
pub(super) fn find(binary: &Binary) -> Vec<Finder> {
    let mut finders: Vec<Finder> = Vec::new();
    for y in 0..binary.height() {
        let mut runs = Runs::default();
        for x in 0..=binary.width() {
            let Some(across) = runs.next(binary.is_dark(x, y)) else { continue };
            let middle = x - runs.0[4] - runs.0[3] - runs.0[2] / 2 - 1;
            let Some(finder) = confirm(binary, middle, y, across) else { continue };
            note(&mut finders, finder);
            if finders.len() >= MOST {
                return finders;
            }
        }
    }
    // One line may be chance.
    finders.retain(|finder| finder.lines > 1.0);
    finders
}

/// The same is seen in both directions.
fn confirm(binary: &Binary, x: usize, y: usize, across: usize) -> Option<Finder> {
    let (y, down) = through(|at| binary.is_dark(x, at), y, across)?;
    let (x, across) = through(|at| binary.is_dark(at, y), x, across)?;
    let (shorter, longer) = (across.min(down), across.max(down));
    (longer <= shorter * 2).then_some(())?;
    let module = pixels(across + down) / 14.0;
    Some(Finder { x: pixels(x) + 0.5, y: pixels(y) + 0.5, module, lines: 1.0 })
}

/// The middle and the length of the pattern on the line through `start`, if it is one; not much longer than `expected`.
fn through(is_dark: impl Fn(usize) -> bool, start: usize, expected: usize) -> Option<(usize, usize)> {
    let most = expected * 2;
    let run = |from: usize, step: isize, dark: bool| {
        let at = |length: usize| from.checked_add_signed(step * length.cast_signed());
        (0..most).take_while(|length| at(*length).is_some_and(|at| is_dark(at) == dark)).count()
    };
    if !is_dark(start) {
        return None;
    }
    let (mut back, mut forth) = ([0; 3], [0; 3]);
    let (mut from, mut to) = (start, start + 1);
    for (index, dark) in [true, false, true].into_iter().enumerate() {
        back[index] = run(from, -1, dark);
        from = from.checked_sub(back[index]).or_else(|| (index == 2).then_some(0))?;
        forth[index] = run(to, 1, dark);
        to += forth[index];
    }
    let runs = [back[2], back[1], back[0] + forth[0], forth[1], forth[2]];
    let first = start + 1 - back[0];
    is_pattern(runs).then(|| (first + runs[2] / 2, runs.iter().sum()))
}

/// The lengths of the last five runs of a line.
#[derive(Debug, Default)]
struct Runs([usize; 5], usize, bool);

impl Runs {
    /// The length of the pattern that ends before this pixel.
    fn next(&mut self, is_dark: bool) -> Option<usize> {
        if is_dark == self.2 {
            self.1 += 1;
            return None;
        }
        self.0.rotate_left(1);
        self.0[4] = self.1;
        (self.1, self.2) = (1, is_dark);
        (!is_dark && is_pattern(self.0)).then(|| self.0.iter().sum())
    }
}

fn is_pattern(runs: [usize; 5]) -> bool {
    let all: usize = runs.iter().sum();
    // In 7ths of a pixel. Blur and bad light move every edge.
    let is_near = |run: usize, modules: usize| (run * 7).abs_diff(modules * all) * 5 <= all * (2 + modules);
    all >= 7 && runs.iter().zip([1, 1, 3, 1, 1]).all(|(run, modules)| *run > 0 && is_near(*run, modules))
}

/// One more line through a finder that is known, or a new one.
fn note(finders: &mut Vec<Finder>, new: Finder) {
    let is_same = |old: &&mut Finder| {
        let near = old.module.max(new.module) * 2.0;
        (old.x - new.x).abs() <= near && (old.y - new.y).abs() <= near
    };
    if let Some(old) = finders.iter_mut().find(is_same) {
        let mean = |old_value: f32, new_value: f32| (old_value * old.lines + new_value) / (old.lines + 1.0);
        let (x, y, module) = (mean(old.x, new.x), mean(old.y, new.y), mean(old.module, new.module));
        *old = Finder { x, y, module, lines: old.lines + 1.0 };
    } else {
        finders.push(new);
    }
}

#[expect(clippy::cast_precision_loss, reason = "sides of a picture")]
fn pixels(length: usize) -> f32 {
    length as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Level, Symbol, proof::Grey};

    fn grey(module: usize, left: usize) -> Grey {
        let symbol = Symbol::encode("http://weixin.qq.com/q/02abcdefghij", Level::M).unwrap();
        let side = symbol.width() * module + 2 * left;
        let pixel = |x: usize, y: usize| {
            let [x, y] = [x, y].map(|at| at.checked_sub(left).map_or(usize::MAX, |at| at / module));
            if symbol.is_dark(x, y) { 0 } else { 255 }
        };
        Grey::new(side, side, (0..side * side).map(|at| pixel(at % side, at / side)).collect()).unwrap()
    }

    #[test]
    fn the_three_corners_are_found() {
        for module in [2u16, 3, 10] {
            let finders = find(&Binary::of(&grey(module.into(), 20)));
            let module = f32::from(module);
            for (x, y) in [(3.5, 3.5), (25.5, 3.5), (3.5, 25.5)] {
                let is_there = |finder: &&Finder| {
                    (finder.x - 20.0 - x * module).abs() < module
                        && (finder.y - 20.0 - y * module).abs() < module
                };
                let finder = finders.iter().find(is_there).unwrap();
                assert!((finder.module / module - 1.0).abs() < 0.2, "{finder:?}");
            }
            assert!(finders.len() < 6, "{finders:?}");
        }
    }

    #[test]
    fn at_the_very_edge_too() {
        assert!(find(&Binary::of(&grey(4, 0))).len() >= 3);
    }
}
