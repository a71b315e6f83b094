use super::{Grey, binary::Binary, finder::Finder};
use std::cmp::Ordering;

/// Three finder patterns that may be the corners of one symbol.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Indices of the corner in the middle and of its neighbours.
    pub(super) finders: [usize; 3],
    corner: Finder,
    right: Finder,
    below: Finder,
    /// Modules along a side.
    modules: f32,
    /// How little it looks like one.
    strangeness: f32,
}

/// The neighbours of a corner that are looked at.
const NEAREST: usize = 16;
/// The fewest modules between the middles of two corners, and the most.
const APART: std::ops::RangeInclusive<f32> = 9.0..=220.0;
/// The strangeness of what is no symbol; photos that are read reach 0.5.
const STRANGEST: f32 = 0.8;
/// What is seen around a candidate, in parts of its side: the quiet zone, and what perspective pushes out.
const AROUND: f32 = 0.22;

/// All of them, the likeliest first.
pub(super) fn candidates(finders: &[Finder], binary: &Binary) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (index, corner) in finders.iter().enumerate() {
        let mut others: Vec<usize> = (0..finders.len())
            .filter(|other| *other != index && alike(corner.module, finders[*other].module, 1.8))
            .collect();
        others.sort_by(|a, b| order(distance(corner, &finders[*a]), distance(corner, &finders[*b])));
        others.truncate(NEAREST);
        for (number, first) in others.iter().enumerate() {
            for second in &others[number + 1..] {
                all.extend(Candidate::new(finders, [index, *first, *second], binary));
            }
        }
    }
    all.sort_by(|a, b| order(a.strangeness, b.strangeness));
    all
}

fn order(a: f32, b: f32) -> Ordering {
    a.total_cmp(&b)
}

fn distance(a: &Finder, b: &Finder) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn alike(a: f32, b: f32, most: f32) -> bool {
    a <= b * most && b <= a * most
}

impl Candidate {
    fn new(finders: &[Finder], indices: [usize; 3], binary: &Binary) -> Option<Self> {
        let [corner, mut right, mut below] = indices.map(|index| finders[index]);
        let turned = |right: &Finder, below: &Finder| {
            (right.x - corner.x) * (below.y - corner.y) - (right.y - corner.y) * (below.x - corner.x)
        };
        if turned(&right, &below) < 0.0 {
            std::mem::swap(&mut right, &mut below);
        }
        let (across, down) = (distance(&corner, &right), distance(&corner, &below));
        let sine = turned(&right, &below) / (across * down);
        (alike(across, down, 1.9) && sine > 0.75).then_some(())?;
        let module = (corner.module * 2.0 + right.module + below.module) / 4.0;
        // A line that is turned by 45° goes the longer way through a pattern.
        let apart = f32::midpoint(across, down) / module;
        APART.contains(&apart).then_some(())?;
        let mut candidate =
            Self { finders: indices, corner, right, below, modules: apart + 7.0, strangeness: 0.0 };
        let skew = (across / down).ln().abs() + (1.0 - sine);
        (skew <= STRANGEST).then_some(())?;
        candidate.strangeness = skew + candidate.timing(binary);
        (candidate.strangeness <= STRANGEST).then_some(candidate)
    }

    /// 0 is a symbol seen straight, 1 is hardly one.
    pub(super) fn strangeness(&self) -> f32 {
        self.strangeness
    }

    /// A place in modules from the middle of the corner, as one in the picture.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let apart = self.modules - 7.0;
        let along = |corner: f32, right: f32, below: f32| {
            corner + ((right - corner) * x + (below - corner) * y) / apart
        };
        (along(self.corner.x, self.right.x, self.below.x), along(self.corner.y, self.right.y, self.below.y))
    }

    /// Between the corners dark and light change with every module (timing pattern): how far from that it is.
    fn timing(&self, binary: &Binary) -> f32 {
        let apart = self.modules - 7.0;
        let miss = |is_row: bool| {
            let steps = (apart * 4.0).max(1.0);
            let mut changes = 0.0;
            let mut last = None;
            let mut step = 0.0;
            while step <= steps {
                let along = step / steps * apart;
                let (x, y) = if is_row { self.place(along, 3.0) } else { self.place(3.0, along) };
                let is_dark = binary.is_dark(whole(x), whole(y));
                changes += f32::from(u8::from(last.is_some_and(|last| last != is_dark)));
                last = Some(is_dark);
                step += 1.0;
            }
            ((changes - (apart - 6.0)) / apart).abs()
        };
        miss(true).min(miss(false))
    }

    /// What is seen around it, in modules.
    fn around(&self) -> f32 {
        (self.modules * AROUND).max(4.0)
    }

    /// Whether these are in the upright picture where they must be.
    pub(super) fn shows(&self, finders: &[Finder], scale: f32) -> bool {
        let (first, apart) = ((self.around() + 3.5) * scale, (self.modules - 7.0) * scale);
        let is_at = |x: f32, y: f32| {
            finders.iter().any(|finder| (finder.x - first - x).hypot(finder.y - first - y) < 2.0 * scale)
        };
        is_at(0.0, 0.0) && is_at(apart, 0.0) && is_at(0.0, apart)
    }

    /// Of the upright picture, in pixels.
    pub(super) fn side(&self, scale: f32) -> usize {
        whole((self.modules + 2.0 * self.around()) * scale)
    }

    /// The symbol alone and upright, with so many pixels a module.
    pub(super) fn upright(&self, grey: &Grey, scale: f32) -> Option<Grey> {
        let (side, around) = (self.side(scale), self.around());
        let from = |at: usize, part: f32| (pixels(at) + part) / scale - around - 3.5;
        // Four points each, against noise.
        let parts = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        let at = |x: usize, y: usize| {
            let values = parts.map(|(dx, dy)| {
                let (x, y) = self.place(from(x, dx), from(y, dy));
                u16::from(grey.between(x - 0.5, y - 0.5))
            });
            u8::try_from(values.iter().sum::<u16>() / 4).unwrap_or(255)
        };
        let pixels = (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| at(x, y)).collect();
        Grey::new(side, side, pixels)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn whole(at: f32) -> usize {
    at as usize
}

#[expect(clippy::cast_precision_loss, reason = "sides of a picture")]
fn pixels(at: usize) -> f32 {
    at as f32
}
