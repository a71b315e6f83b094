//! What pictures of strangers cost: bytes that are held at once, counted by the allocator of this test binary.

#![allow(clippy::unwrap_used, reason = "tests")]

use allocation_counter::measure;
use std::{
    fs::File,
    io::{BufReader, Write},
};
use wx_render::{Level, Picture, PictureError, Size, Style, Symbol, read, read_file};

const MB: u64 = 1024 * 1024;
/// Of what is read, without the file itself.
const MOST: u64 = 64 * MB;
const TEXT: &str = "http://weixin.qq.com/q/02abcdefghijklmnopqrst";

/// The outcome and the most bytes that were held meanwhile.
fn cost<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let mut outcome = None;
    let info = measure(|| outcome = Some(work()));
    (outcome.unwrap(), info.bytes_max)
}

#[track_caller]
fn reads(name: &str, file: &[u8]) {
    let (found, bytes) = cost(|| read(file).unwrap());
    println!("{name:32} {:6.1} MB", megabytes(bytes));
    assert!(
        found.iter().any(|found| found.text == TEXT && found.by_rqrr && found.by_rxing),
        "{name}: {found:?}"
    );
    assert!(bytes < MOST, "{name}: {bytes} bytes");
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MB as f64
}

/// A code in the middle of 5000 x 5000 pixels, one byte each.
fn large() -> (Vec<u8>, u32) {
    let (side, module) = (5000usize, 60);
    let symbol = Symbol::encode(TEXT, Level::M).unwrap();
    let left = (side - symbol.width() * module) / 2;
    let pixel = |at: usize| {
        let [x, y] =
            [at % side, at / side].map(|at| at.checked_sub(left).map_or(usize::MAX, |at| at / module));
        if symbol.is_dark(x, y) { 20 } else { 230 }
    };
    ((0..side * side).map(pixel).collect(), 5000)
}

#[test]
fn pictures_of_25_megapixels_are_read_in_64_megabytes() {
    let (grey, side) = large();
    reads("grey PNG", &png(&grey, side, 1));
    reads("PNG with 16-bit RGBA", &png(&grey, side, 8));
    reads("interlaced PNG", &interlaced(&grey, side));
    let sides = [u16::try_from(side).unwrap(); 2];
    reads("JPEG", &jpeg(&grey, sides, jpeg_encoder::ColorType::Luma, false));
    let colours: Vec<u8> = grey.iter().flat_map(|value| [*value; 3]).collect();
    let photo = jpeg(&colours, sides, jpeg_encoder::ColorType::Rgb, false);
    reads("colour JPEG", &photo);

    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&photo).unwrap();
    let (found, bytes) = cost(|| read_open(file));
    println!("{:32} {:6.1} MB", "colour JPEG from an open file", megabytes(bytes));
    assert!(found.unwrap()[0].text == TEXT && bytes < MOST);
}

fn read_open(mut file: File) -> Result<Vec<wx_render::Found>, PictureError> {
    std::io::Seek::rewind(&mut file).unwrap();
    read_file(BufReader::new(file))
}

#[test]
fn progressive_pictures_are_read_up_to_6_megapixels() {
    let style = Style::new().size(Size::Picture(2440));
    let drawing = Symbol::encode(TEXT, Level::M).unwrap().to_png(&style).unwrap();
    let grey = pixels(&drawing);
    let colours: Vec<u8> = grey.iter().flat_map(|value| [*value; 3]).collect();
    reads("progressive JPEG", &jpeg(&colours, [2440; 2], jpeg_encoder::ColorType::Rgb, true));
    let cmyk: Vec<u8> = grey.iter().flat_map(|value| [255, 255, 255, *value]).collect();
    let cmyk = jpeg(&cmyk, [2440; 2], jpeg_encoder::ColorType::Cmyk, true);
    let (outcome, bytes) = cost(|| read(&cmyk));
    assert!(outcome == Err(PictureError::Cmyk) && bytes < MB, "{bytes}");
}

/// Each is refused, or read as nothing; none costs much.
#[test]
fn bombs_cost_little() {
    let white = png(&vec![255; 100 * 100], 100, 1);
    let chunk = |name: &str, bytes: usize| with_chunk(&white, name, &vec![b'x'; bytes]);
    let zeros = deflated(&vec![0; 60_000_000]);
    let bomb = |name: &str, start: &[u8]| with_chunk(&white, name, &[start, &zeros].concat());
    let rgb = vec![200; 8 * 8 * 3];
    let small = jpeg(&rgb, [8; 2], jpeg_encoder::ColorType::Rgb, false);
    let progressive = jpeg(&rgb, [8; 2], jpeg_encoder::ColorType::Rgb, true);
    let files = [
        ("30000 x 30000 PNG", claimed_png(&white, 30_000, 30_000), true),
        ("5000 x 5000 PNG without lines", claimed_png(&white, 5_000, 5_000), true),
        ("text of 20 MB", chunk("tEXt", 20_000_000), false),
        ("unknown chunk of 20 MB", chunk("abCd", 20_000_000), false),
        ("Exif of 20 MB", chunk("eXIf", 20_000_000), false),
        ("zTXt of 60 MB", bomb("zTXt", b"name\0\0"), false),
        ("iTXt of 60 MB", bomb("iTXt", b"name\0\x01\0\0\0"), false),
        ("iCCP of 60 MB", bomb("iCCP", b"name\0\0"), false),
        ("60000 x 60000 JPEG", claimed_jpeg(&small, 60_000, 60_000), true),
        ("5000 x 5000 JPEG without lines", claimed_jpeg(&small, 5_000, 5_000), false),
        ("5000 x 5000 progressive JPEG", claimed_jpeg(&progressive, 5_000, 5_000), true),
        ("5000 x 5000 JPEG, not interleaved", claimed_jpeg(&not_interleaved(&small), 5_000, 5_000), true),
        ("2400 x 2400 JPEG, 2000 scans", claimed_jpeg(&many_scans(&progressive), 2_400, 2_400), false),
        ("colour profiles of 15 MB", with_profiles(&small, 15_000_000), false),
        ("colour profiles of 30 MB", with_profiles(&small, 30_000_000), true),
    ];
    for (name, file, is_refused) in files {
        for what in ["read", "logo"] {
            let (outcome, bytes) = cost(|| match what {
                "read" => read(&file).map(drop),
                _ => Picture::new(&file).map(drop),
            });
            println!("{name:36} {what:5} {:6.1} MB {outcome:?}", megabytes(bytes));
            assert!(bytes < MOST, "{name}: {bytes} bytes to {what} it");
            assert!(!is_refused || outcome.is_err(), "{name}: {what}");
        }
    }
}

fn png(grey: &[u8], side: u32, bytes: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_compression(png::Compression::Fast);
    if bytes == 8 {
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Sixteen);
    } else {
        encoder.set_color(png::ColorType::Grayscale);
    }
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    for line in grey.chunks_exact(side as usize) {
        match bytes {
            8 => stream
                .write_all(&line.iter().flat_map(|v| [*v, 0, *v, 0, *v, 0, 255, 255]).collect::<Vec<_>>()),
            _ => stream.write_all(line),
        }
        .unwrap();
    }
    stream.finish().unwrap();
    drop(writer);
    file
}

/// The crate `png` writes none of these, so the lines of the seven passes are put together here.
fn interlaced(grey: &[u8], side: u32) -> Vec<u8> {
    const PASSES: [[usize; 4]; 7] =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
    let length = side as usize;
    let mut lines = Vec::new();
    for [x, y, dx, dy] in PASSES {
        for line in (y..length).step_by(dy) {
            lines.push(0);
            lines.extend((x..length).step_by(dx).map(|column| grey[line * length + column]));
        }
    }
    let head = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 0, 0, 0, 1]].concat();
    let chunks = [chunk("IHDR", &head), chunk("IDAT", &deflated(&lines)), chunk("IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

fn pixels(png: &[u8]) -> Vec<u8> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut grey).unwrap();
    grey
}

fn jpeg(
    pixels: &[u8],
    [width, height]: [u16; 2],
    kind: jpeg_encoder::ColorType,
    is_progressive: bool,
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    encoder.set_progressive(is_progressive);
    encoder.encode(pixels, width, height, kind).unwrap();
    file
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn chunk(name: &str, data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name.as_bytes());
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], name.as_bytes(), data, &crc.sum().to_be_bytes()].concat()
}

/// Behind the header.
fn with_chunk(png: &[u8], name: &str, data: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(name, data), &png[33..]].concat()
}

fn claimed_png(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &png[24..29]].concat();
    [&png[..8], &chunk("IHDR", &head), &png[33..]].concat()
}

fn claimed_jpeg(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut file = jpeg.to_vec();
    let at = frame(jpeg);
    file[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    file[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    file
}

fn frame(jpeg: &[u8]) -> usize {
    jpeg.windows(2).position(|pair| matches!(pair, [0xff, 0xc0..=0xc2])).unwrap()
}

fn scan(jpeg: &[u8]) -> usize {
    jpeg.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap()
}

/// The first scan has one of the three components.
fn not_interleaved(jpeg: &[u8]) -> Vec<u8> {
    let at = scan(jpeg);
    let length = usize::from(jpeg[at + 3]);
    let scan = [0xff, 0xda, 0, 8, 1, jpeg[at + 5], jpeg[at + 6], 0, 63, 0];
    [&jpeg[..at], &scan, &jpeg[at + 2 + length..]].concat()
}

fn many_scans(jpeg: &[u8]) -> Vec<u8> {
    let at = scan(jpeg);
    let scans = &jpeg[at..jpeg.len() - 2];
    [&jpeg[..at], &scans.repeat(2000), &jpeg[jpeg.len() - 2..]].concat()
}

fn with_profiles(jpeg: &[u8], bytes: usize) -> Vec<u8> {
    let profile = [&[0xff, 0xe2, 0xff, 0xff][..], b"ICC_PROFILE\0\x01\xff", &vec![7; 65_519]].concat();
    [&jpeg[..2], &profile.repeat(bytes / profile.len()), &jpeg[2..]].concat()
}
