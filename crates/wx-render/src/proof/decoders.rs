use super::Grey;
use rqrr::{Point, PreparedImage};
use rxing::{
    BinaryBitmap, DecodeHints, Luma8Source, Reader,
    common::{GlobalHistogramBinarizer, HybridBinarizer},
    multi::{MultipleBarcodeReader, qrcode::QRCodeMultiReader},
    qrcode::QRCodeReader,
};

/// A text and the upright rectangle around its symbol: left, top, width, height in pixels.
pub(crate) type Placed = (String, [usize; 4]);

/// What rqrr reads in the picture.
pub(crate) fn by_rqrr(grey: &Grey) -> Vec<Placed> {
    let mut image = PreparedImage::prepare_from_greyscale(grey.width(), grey.height(), |x, y| grey.at(x, y));
    let grids = image.detect_grids();
    let placed = |grid: &rqrr::Grid<_>| Some((grid.decode().ok()?.1, around(grid.bounds)));
    grids.iter().filter_map(placed).collect()
}

fn around(corners: [Point; 4]) -> [usize; 4] {
    let least = |values: [i32; 4]| usize::try_from(values.into_iter().fold(i32::MAX, i32::min)).unwrap_or(0);
    let most = |values: [i32; 4]| usize::try_from(values.into_iter().fold(0, i32::max)).unwrap_or(0);
    let (across, down) = (corners.map(|corner| corner.x), corners.map(|corner| corner.y));
    let (left, top) = (least(across), least(down));
    [left, top, most(across).saturating_sub(left) + 1, most(down).saturating_sub(top) + 1]
}

/// What rxing reads in the picture: several if it finds several, else the one that it finds in one of three ways.
pub(crate) fn by_rxing_everywhere(grey: &Grey) -> Vec<String> {
    let several = source(grey).and_then(|source| {
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        QRCodeMultiReader::new().decode_multiple_with_hints(&mut bitmap, &hints(false)).ok()
    });
    let texts: Vec<String> = several.iter().flatten().map(|result| result.getText().to_owned()).collect();
    if texts.is_empty() { by_rxing(grey).into_iter().collect() } else { texts }
}

/// The one text that rxing reads in the picture.
pub(crate) fn by_rxing(grey: &Grey) -> Option<String> {
    // The search for symbols in photos misses about one of a hundred clean drawings, the other way finds nothing in photos.
    let hybrid = || Some(BinaryBitmap::new(HybridBinarizer::new(source(grey)?)));
    let global = || Some(BinaryBitmap::new(GlobalHistogramBinarizer::new(source(grey)?)));
    let read = |mut bitmap, pure| QRCodeReader::new().decode_with_hints(&mut bitmap, &hints(pure)).ok();
    let found = hybrid().and_then(|bitmap| read(bitmap, false));
    let found = found.or_else(|| hybrid().and_then(|bitmap| read(bitmap, true)));
    let found = found.or_else(|| {
        global().and_then(|mut bitmap| QRCodeReader::new().decode_with_hints(&mut bitmap, &hints(false)).ok())
    });
    Some(found?.getText().to_owned())
}

fn source(grey: &Grey) -> Option<Luma8Source<'_>> {
    let [width, height] = [grey.width(), grey.height()].map(u32::try_from);
    Luma8Source::new(grey.pixels().to_vec(), width.ok()?, height.ok()?).ok()
}

fn hints(pure: bool) -> DecodeHints {
    DecodeHints {
        // Otherwise it guesses, and takes some short Chinese texts for Shift_JIS.
        CharacterSet: Some("UTF-8".to_owned()),
        PureBarcode: Some(pure),
        TryHarder: Some(!pure),
        ..DecodeHints::default()
    }
}
