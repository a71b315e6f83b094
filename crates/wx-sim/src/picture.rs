use fast_qr::{ECL, QRBuilder, QRCode};
use jpeg_encoder::{ColorType, Encoder};

/// The picture of `showqrcode`: a grey JPEG of 430 × 430 pixels (protocol §3), or nothing if the text is too long for
/// a symbol of that size.
///
/// The `url` of a code makes 33 modules; ten pixels each leave a quiet zone of five modules.
pub(crate) fn jpeg(text: &str) -> Option<Vec<u8>> {
    let symbol = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut bytes = Vec::new();
    let side = u16::try_from(SIDE).ok()?;
    Encoder::new(&mut bytes, QUALITY).encode(&pixels(&symbol)?, side, side, ColorType::Luma).ok()?;
    Some(bytes)
}

const SIDE: usize = 430;
const QUALITY: u8 = 90;
/// Modules of light border that a reader may demand on each side.
const QUIET: usize = 4;

fn pixels(symbol: &QRCode) -> Option<Vec<u8>> {
    let scale = SIDE / (symbol.size + 2 * QUIET);
    let margin = (SIDE - scale * symbol.size) / 2;
    let module = |pixel: usize| pixel.checked_sub(margin)?.checked_div(scale);
    let dark = |x: usize, y: usize| {
        let place = module(x).zip(module(y)).filter(|(x, y)| x.max(y) < &symbol.size);
        place.is_some_and(|(x, y)| symbol[y][x].value())
    };
    let grey = |pixel: usize| if dark(pixel % SIDE, pixel / SIDE) { 0 } else { u8::MAX };
    (scale > 0).then(|| (0..SIDE * SIDE).map(grey).collect())
}
