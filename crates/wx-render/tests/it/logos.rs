//! Pictures for the tests, made here.

use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

pub(crate) fn solid_png(width: u32, height: u32, rgb: [u8; 3]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixels = rgb.repeat((width * height) as usize);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}

pub(crate) fn svg(width: u32, height: u32, content: &str) -> String {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{content}</svg>"#)
}

/// A PNG that says it is so large, with lines of zeros to the end of the data.
pub(crate) fn claimed_png(width: u32, height: u32, lines: usize, interlaced: bool) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([1, 0, 0, 0, u8::from(interlaced)]);
    chunk(&mut file, *b"IHDR", &header);
    let mut data = ZlibEncoder::new(Vec::new(), Compression::best());
    let line = vec![0; width.div_ceil(8) as usize + 1];
    for _ in 0..lines {
        data.write_all(&line).unwrap();
    }
    chunk(&mut file, *b"IDAT", &data.finish().unwrap());
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    let content = [&name, data].concat();
    file.extend(&content);
    let mut sum = flate2::Crc::new();
    sum.update(&content);
    file.extend(sum.sum().to_be_bytes());
}
