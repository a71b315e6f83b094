use super::{area::Area, module_shape::at, outline::Outline};
use resvg::tiny_skia::Path;

/// The small squares within larger symbols (alignment patterns). They always are a ring around a dot: drawn as single
/// modules, readers would take other modules for them.
#[derive(Debug)]
pub(crate) struct Alignment {
    centres: Vec<(usize, usize)>,
}

impl Alignment {
    /// Those of a symbol of that width of which every module is kept.
    pub(crate) fn new(width: usize, is_kept: impl Fn(usize, usize) -> bool) -> Self {
        let places = places(width);
        let (first, last) = (6, width - 7);
        let mut centres = Vec::new();
        for (x, y) in places.iter().flat_map(|y| places.iter().map(move |x| (*x, *y))) {
            let is_eye = [(first, first), (last, first), (first, last)].contains(&(x, y));
            let is_whole = || (y - 2..=y + 2).all(|y| (x - 2..=x + 2).all(|x| is_kept(x, y)));
            if !is_eye && is_whole() {
                centres.push((x, y));
            }
        }
        Self { centres }
    }

    pub(crate) fn has(&self, x: usize, y: usize) -> bool {
        self.centres.iter().any(|(cx, cy)| x.abs_diff(*cx) <= 2 && y.abs_diff(*cy) <= 2)
    }

    /// The rings; the inner side is drawn too, for even-odd filling. Corners have that radius in modules.
    pub(crate) fn rings(&self, radius: f32, (left, top): (f32, f32), module: f32) -> Option<Path> {
        let mut outline = Outline::default();
        for (x, y) in &self.centres {
            let area = Area::square(left + at(x - 2) * module, top + at(y - 2) * module, 5.0 * module);
            outline.rounded(area, [radius * module; 4]);
            outline.rounded(area.shrink(module), [radius * module / 2.0; 4]);
            let dot = area.shrink(2.0 * module);
            outline.rounded(dot, [radius * module / 2.0; 4]);
        }
        outline.finish()
    }
}

/// Columns (and rows) of their middles, ISO/IEC 18004 annex E.
fn places(width: usize) -> Vec<usize> {
    let version = (width - 17) / 4;
    if version < 2 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    let mut places: Vec<usize> = (0..count - 1).map(|number| width - 7 - number * step).collect();
    places.push(6);
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_standard() {
        assert_eq!(places(21), []);
        assert_eq!(places(25), [6, 18]);
        assert_eq!(places(45), [6, 22, 38]);
        assert_eq!(places(145), [6, 34, 60, 86, 112, 138]);
        assert_eq!(places(177), [6, 30, 58, 86, 114, 142, 170]);
    }
}
