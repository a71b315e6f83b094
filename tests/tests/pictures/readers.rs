//! Two readers, each asked alone.

use crate::grey::Grey;
use rxing::{
    Binarizer, BinaryBitmap, DecodeHints, Luma8Source, Reader,
    common::{GlobalHistogramBinarizer, HybridBinarizer},
    qrcode::QRCodeReader,
};

pub(crate) fn by_rqrr(grey: &Grey) -> Option<String> {
    let pixel = |x, y| grey.pixels[y * grey.width + x];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(grey.width, grey.height, pixel);
    image.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

/// It has a way for photos, which takes some other places in one of a thousand clean drawings for eyes, one for these, and
/// two to tell dark from light.
pub(crate) fn by_rxing(grey: &Grey) -> Option<String> {
    let [width, height] = [grey.width, grey.height].map(|side| u32::try_from(side).unwrap());
    let source = || Luma8Source::new(grey.pixels.clone(), width, height).unwrap();
    let hybrid = || BinaryBitmap::new(HybridBinarizer::new(source()));
    let global = || BinaryBitmap::new(GlobalHistogramBinarizer::new(source()));
    let found = rxing(&mut hybrid(), false).or_else(|| rxing(&mut hybrid(), true));
    found.or_else(|| rxing(&mut global(), false))
}

fn rxing<B: Binarizer>(bitmap: &mut BinaryBitmap<B>, is_drawing: bool) -> Option<String> {
    let hints = DecodeHints {
        // Otherwise it guesses, and takes some short Chinese texts for Shift_JIS.
        CharacterSet: Some("UTF-8".to_owned()),
        PureBarcode: Some(is_drawing),
        TryHarder: Some(!is_drawing),
        ..DecodeHints::default()
    };
    Some(QRCodeReader::new().decode_with_hints(bitmap, &hints).ok()?.getText().to_owned())
}
