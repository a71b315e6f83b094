use super::{
    Found, Grey,
    binary::Binary,
    candidate::{Candidate, candidates},
    decoders, finder,
};
use std::{borrow::Cow, collections::BTreeSet};

/// The longer sides in which a picture is looked at, in pixels: noise and moiré vanish in a smaller one, a small symbol
/// in a large photo shows in a larger one.
const SIDES: [usize; 4] = [1000, 1800, 500, LARGEST];
/// The largest of them.
pub(super) const LARGEST: usize = 3200;
/// A picture that decoders look at whole, in pixels a side, with so few finder patterns: with many, they take the cube of
/// their number.
const WHOLE: usize = 1800;
const FEW: usize = 16;
/// The sides of a module in which a candidate is looked at, in pixels.
const SCALES: [f32; 3] = [4.0, 6.5, 2.7];
/// How many pixels of candidates are looked at in one view; a code of the platform has about 30000 of them.
const PIXELS: usize = 4_000_000;
/// A candidate that is less strange than this is worth a larger view.
const LIKELY: f32 = 0.25;

/// All symbols, by both decoders.
pub(super) fn search(grey: &Grey) -> Vec<Found> {
    let mut search = Search { found: Vec::new(), pixels: 0, is_inverted: false };
    let longest = grey.width().max(grey.height());
    let mut seen = BTreeSet::new();
    for side in SIDES.map(|side| side.min(longest)) {
        if !seen.insert(side) {
            continue;
        }
        let scale = |length: usize| (length * side / longest).max(1);
        let view = if side == longest {
            Cow::Borrowed(grey)
        } else {
            let Some(view) = grey.scaled(scale(grey.width()), scale(grey.height())) else { continue };
            Cow::Owned(view)
        };
        search.is_inverted = false;
        let mut is_complete = search.look(&view);
        if search.found.is_empty() {
            search.is_inverted = true;
            is_complete = search.look(&view.inverted());
        }
        if is_complete && search.is_done() {
            break;
        }
    }
    search.found
}

/// The one symbol in a clean picture, by one decoder.
pub(super) fn first(grey: &Grey) -> Option<String> {
    let is_plain =
        grey.width().max(grey.height()) <= SIDES[0] && finder::find(&Binary::of(grey)).len() <= FEW;
    let clean = is_plain.then(|| decoders::by_rqrr(grey).pop()).flatten();
    clean.map(|(text, _)| text).or_else(|| search(grey).into_iter().next().map(|found| found.text))
}

struct Search {
    found: Vec<Found>,
    /// How many more may be looked at in this view.
    pixels: usize,
    is_inverted: bool,
}

impl Search {
    fn is_done(&self) -> bool {
        !self.found.is_empty() && self.found.iter().all(|found| found.by_rqrr && found.by_rxing)
    }

    /// Whether nothing that looks like a symbol was left unread.
    fn look(&mut self, view: &Grey) -> bool {
        self.pixels = PIXELS;
        let binary = Binary::of(view);
        let finders = finder::find(&binary);
        let candidates = candidates(&finders, &binary);
        drop(binary);
        let mut read = BTreeSet::new();
        if finders.len() <= FEW && view.width().max(view.height()) <= WHOLE {
            for [x, y, width, height] in self.read_whole(view) {
                let inside =
                    |at: f32, from: usize, length: usize| (from..=from + length).contains(&pixels(at));
                let is_inside =
                    |finder: &finder::Finder| inside(finder.x, x, width) && inside(finder.y, y, height);
                read.extend((0..finders.len()).filter(|index| is_inside(&finders[*index])));
            }
        }
        let mut is_complete = true;
        for candidate in candidates {
            if candidate.finders.iter().any(|finder| read.contains(finder)) {
                continue;
            }
            if self.read(&candidate, view) {
                read.extend(candidate.finders);
            } else {
                is_complete &= candidate.strangeness() > LIKELY;
            }
        }
        is_complete
    }

    /// Where both decoders read the same.
    fn read_whole(&mut self, view: &Grey) -> Vec<[usize; 4]> {
        let placed = decoders::by_rqrr(view);
        let texts = decoders::by_rxing_everywhere(view);
        for (text, _) in &placed {
            self.note(text, true);
        }
        for text in &texts {
            self.note(text, false);
        }
        placed.into_iter().filter(|(text, _)| texts.contains(text)).map(|(_, place)| place).collect()
    }

    /// Whether a decoder reads it.
    fn read(&mut self, candidate: &Candidate, view: &Grey) -> bool {
        let (mut by_rqrr, mut by_rxing) = (None, None);
        for scale in SCALES {
            let Some(pixels) = self.pixels.checked_sub(candidate.side(scale).pow(2)) else { break };
            self.pixels = pixels;
            let Some(upright) = candidate.upright(view, scale) else { continue };
            let finders = finder::find(&Binary::of(&upright));
            if finders.len() > FEW || !candidate.shows(&finders, scale) {
                continue;
            }
            by_rqrr = by_rqrr.or_else(|| decoders::by_rqrr(&upright).pop().map(|(text, _)| text));
            by_rxing = by_rxing.or_else(|| decoders::by_rxing(&upright));
            if by_rqrr.is_some() && by_rxing.is_some() {
                break;
            }
        }
        let readings = [(by_rqrr, true), (by_rxing, false)];
        let texts = readings.iter().filter_map(|(text, by_rqrr)| Some((text.as_ref()?, *by_rqrr)));
        texts.map(|(text, by_rqrr)| self.note(text, by_rqrr)).count() > 0
    }

    fn note(&mut self, text: &str, by_rqrr: bool) {
        let at = self.found.iter().position(|found| found.text == text).unwrap_or_else(|| {
            let (text, is_inverted) = (text.to_owned(), self.is_inverted);
            self.found.push(Found { text, by_rqrr: false, by_rxing: false, is_inverted });
            self.found.len() - 1
        });
        self.found[at].by_rqrr |= by_rqrr;
        self.found[at].by_rxing |= !by_rqrr;
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a picture")]
fn pixels(at: f32) -> usize {
    at as usize
}
