use super::Grey;
use rqrr::PreparedImage;
use rxing::{
    BinaryBitmap, DecodeHints, Luma8Source, Reader,
    common::{GlobalHistogramBinarizer, HybridBinarizer},
    multi::{MultipleBarcodeReader, qrcode::QRCodeMultiReader},
    qrcode::QRCodeReader,
};

/// The texts that rqrr reads in the picture.
pub(crate) fn by_rqrr(grey: &Grey) -> Vec<String> {
    let mut image = PreparedImage::prepare_from_greyscale(grey.width(), grey.height(), |x, y| grey.at(x, y));
    image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

/// The texts that rxing reads in the picture, up to a first one or all.
pub(crate) fn by_rxing(grey: &Grey, all: bool) -> Vec<String> {
    let mut texts = Vec::new();
    if all {
        let mut found = source(grey).and_then(|source| {
            let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
            QRCodeMultiReader::new().decode_multiple_with_hints(&mut bitmap, &hints(false)).ok()
        });
        texts.extend(found.iter_mut().flatten().map(|result| result.getText().to_owned()));
    }
    if texts.is_empty() {
        texts.extend(single(grey));
    }
    texts
}

fn single(grey: &Grey) -> Option<String> {
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
