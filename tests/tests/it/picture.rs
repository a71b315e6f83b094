//! Pictures are read by a decoder that none of our crates uses.

use rxing::{BarcodeFormat, helpers::detect_in_luma};
use scenarios::{World, four_kinds};
use wx_render::{Level, Style, Symbol};
use wx_sim::Mode;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// The text of the QR code on a JPEG.
pub(crate) fn read_jpeg(file: &[u8]) -> String {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    read(pixels, width, height)
}

fn read(grey: Vec<u8>, width: usize, height: usize) -> String {
    let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap());
    detect_in_luma(grey, width, height, Some(BarcodeFormat::QR_CODE)).unwrap().getText().to_owned()
}

#[tokio::test]
async fn our_own_picture_says_what_the_platform_s_says() {
    let world = World::start(Mode::Plain).await;
    for (channel, request) in four_kinds() {
        let url = world.create(&channel, &request).await.url.unwrap();
        let symbol = Symbol::encode(&url, Level::M).unwrap();
        let file = symbol.to_png(&Style::new()).unwrap();
        let (grey, side) = read_png(&file);
        assert_eq!(read(grey, side, side), url);
    }
}

/// The picture as one byte a pixel.
fn read_png(file: &[u8]) -> (Vec<u8>, usize) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut bits = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bits).unwrap();
    let side = info.width as usize;
    let pixel = |x: usize, y: usize| bits[y * info.line_size + x / 8] >> (7 - x % 8) & 1;
    ((0..side * side).map(|index| pixel(index % side, index / side) * u8::MAX).collect(), side)
}
