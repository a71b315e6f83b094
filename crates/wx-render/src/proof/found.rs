use super::{Grey, PictureError, decoders, picture_file::{PictureKind, PictureLimits}};

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

fn look(view: &Grey, is_inverted: bool, found: &mut Vec<Found>) {
    let texts = decoders::by_rqrr(view).into_iter().map(|text| (text, true));
    let texts = texts.chain(decoders::by_rxing(view, true).into_iter().map(|text| (text, false)));
    for (text, is_rqrr) in texts {
        let at = found.iter().position(|found| found.text == text).unwrap_or_else(|| {
            found.push(Found { text, by_rqrr: false, by_rxing: false, is_inverted });
            found.len() - 1
        });
        found[at].by_rqrr |= is_rqrr;
        found[at].by_rxing |= !is_rqrr;
    }
}
