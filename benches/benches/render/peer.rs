//! The same pictures from the fastest encoder that there is and the usual library for PNG.

use fast_qr::{ECL, QRBuilder, QRCode, convert::svg::SvgBuilder};
use png::{BitDepth, ColorType, Compression, Encoder};

pub(crate) fn code(url: &str) -> QRCode {
    QRBuilder::new(url).ecl(ECL::M).build().unwrap()
}

pub(crate) fn svg(url: &str) -> String {
    SvgBuilder::default().to_str(&code(url))
}

/// One bit a pixel; every row of modules is built once and then copied.
pub(crate) fn png(url: &str, side: usize) -> Vec<u8> {
    let code = code(url);
    let module = side / (code.size + 8);
    let margin = (side - module * code.size) / 2;
    let stride = side.div_ceil(8);
    let mut pixels = vec![0xff; stride * side];
    for y in 0..code.size {
        let first = (margin + y * module) * stride;
        let line = &mut pixels[first..first + stride];
        for (x, _) in code[y].iter().enumerate().filter(|(_, cell)| cell.value()) {
            for pixel in margin + x * module..margin + (x + 1) * module {
                line[pixel / 8] &= !(0x80 >> (pixel % 8));
            }
        }
        for copy in 1..module {
            pixels.copy_within(first..first + stride, first + copy * stride);
        }
    }
    let mut file = Vec::new();
    let side = u32::try_from(side).unwrap();
    let mut encoder = Encoder::new(&mut file, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    encoder.set_compression(Compression::Fast);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}
