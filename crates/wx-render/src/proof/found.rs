use super::{
    Grey, PictureError, decoders,
    picture_file::{PictureKind, PictureLimits},
};

/// A text that was read in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// What the symbol says.
    pub text: String,
    /// Whether rqrr read it.
    pub by_rqrr: bool,
    /// Whether rxing read it.
    pub by_rxing: bool,
    /// Whether it was light on dark; many phones do not read that.
    pub is_inverted: bool,
}

/// What may be read: photos of 25 megapixels, in memory once.
const LIMITS: PictureLimits =
    PictureLimits { pixels: 25_000_000, buffered_pixels: 6_000_000, is_strict: false };

/// The longer sides in which a picture is looked at, in pixels: noise and moiré vanish in a smaller one, a small symbol
/// in a large photo shows in a larger one.
const SIDES: [usize; 4] = [1000, 1800, 500, 3200];

/// Reads all symbols in a PNG or JPEG file, a drawing or a photo, with two decoders that share no code.
///
/// Nothing found is an empty list. The picture may have 25 million pixels, 6 million if it is interlaced or progressive.
///
/// # Errors
///
/// [`PictureError`] if it is of another kind, larger, or damaged.
pub fn read(file: &[u8]) -> Result<Vec<Found>, PictureError> {
    let kind = PictureKind::of(file).ok_or_else(|| PictureError::no_picture(file))?;
    Ok(search(&kind.grey(file, LIMITS)?))
}

fn search(grey: &Grey) -> Vec<Found> {
    let mut found = Vec::new();
    let longest = grey.width().max(grey.height());
    let mut seen = Vec::new();
    for side in SIDES.map(|side| side.min(longest)) {
        if seen.contains(&side) {
            continue;
        }
        seen.push(side);
        let scale = |length: usize| (length * side / longest).max(1);
        let Some(view) = grey.scaled(scale(grey.width()), scale(grey.height())) else { continue };
        look(&view, false, &mut found);
        if found.is_empty() {
            look(&view.inverted(), true, &mut found);
        }
        if !found.is_empty() && found.iter().all(|found| found.by_rqrr && found.by_rxing) {
            break;
        }
    }
    found
}

/// How many symbols are read one after the other, each covered when it is read: many at once confuse the decoders.
const ROUNDS: usize = 64;

fn look(view: &Grey, is_inverted: bool, found: &mut Vec<Found>) {
    let mut note = |text: String, by_rqrr: bool| {
        let at = found.iter().position(|found| found.text == text).unwrap_or_else(|| {
            found.push(Found { text, by_rqrr: false, by_rxing: false, is_inverted });
            found.len() - 1
        });
        found[at].by_rqrr |= by_rqrr;
        found[at].by_rxing |= !by_rqrr;
    };
    let mut rest = view.clone();
    for _ in 0..ROUNDS {
        let placed = decoders::by_rqrr(&rest);
        if placed.is_empty() {
            break;
        }
        for (text, [x, y, width, height]) in placed {
            note(text, true);
            // With the quiet zone, which one decoder sees more of than the other.
            let (across, down) = (width / 6, height / 6);
            let (left, top) = (x.saturating_sub(across), y.saturating_sub(down));
            let alone = view.crop(left, top, width + 2 * across, height + 2 * down);
            if let Some(text) = alone.as_ref().and_then(decoders::by_rxing) {
                note(text, false);
            }
            rest = rest.blanked(x, y, width, height);
        }
    }
    for text in decoders::by_rxing_everywhere(&rest) {
        note(text, false);
    }
}
