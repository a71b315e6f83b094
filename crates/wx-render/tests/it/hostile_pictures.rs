//! Pictures of strangers: as logos, as backgrounds, to be read.

use crate::logos::{claimed_png, solid_png, svg};
use wx_render::{Picture, PictureError};

#[track_caller]
fn refused(file: &[u8], part: &str) {
    let error = Picture::new(file).unwrap_err();
    assert!(error.to_string().contains(part), "{error}");
}

#[test]
fn a_huge_picture_in_a_small_file_is_refused_by_its_header() {
    let bomb = claimed_png(30_000, 30_000, 1_300, false);
    assert!(bomb.len() < 8_000, "{}", bomb.len());
    refused(&bomb, "30000 x 30000 pixels, at most 16 million are read");
    let error = wx_render::read(&bomb).unwrap_err();
    assert_eq!(error, PictureError::TooLarge { width: 30_000, height: 30_000, most: 25_000_000 });
    // One line too long, one column too many.
    refused(&claimed_png(20_001, 1, 1, false), "20001 x 1");
    refused(&claimed_png(1, 20_001, 1, false), "1 x 20001");
    refused(&claimed_png(5_000, 4_000, 1, true), "5000 x 4000 pixels, at most 16 million");
}

#[test]
fn a_jpeg_of_65500_lines_is_refused_by_its_header() {
    for (name, width) in [("baseline", 65_500u16), ("long", 400)] {
        let file = claimed_jpeg(width, 65_500);
        assert!(matches!(Picture::new(&file), Err(PictureError::TooLarge { height: 65_500, .. })), "{name}");
        assert!(
            matches!(wx_render::read(&file), Err(PictureError::TooLarge { height: 65_500, .. })),
            "{name}"
        );
    }
}

/// The start of a JPEG, up to its frame header.
fn claimed_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = Vec::new();
    let grey = vec![128; 64];
    jpeg_encoder::Encoder::new(&mut file, 50).encode(&grey, 8, 8, jpeg_encoder::ColorType::Luma).unwrap();
    let frame = file.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

#[test]
fn other_kinds_are_named_by_their_first_bytes() {
    refused(b"", "no PNG or JPEG picture");
    refused(b"GIF89a..........", "it looks like a GIF");
    refused(b"RIFF....WEBPVP8 ", "it looks like a WebP");
    refused(b"%PDF-1.7", "it looks like a PDF");
    refused(br#"{"errcode":40001}"#, "it looks like JSON");
    refused(b"<html>not found</html>", "it looks like a web page");
    assert!(wx_render::read(svg(9, 9, "").as_bytes()).is_err(), "an SVG is no photo");
}

#[test]
fn a_picture_that_is_cut_off_or_broken_is_refused_at_every_length() {
    let whole = solid_png(40, 40, [9, 9, 9]);
    assert!(Picture::new(&whole).is_ok());
    for length in 8..whole.len() {
        assert!(Picture::new(&whole[..length]).is_err(), "{length} bytes");
    }
    let mut broken = whole;
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    refused(&broken, "damaged");
    let mut jpeg = Vec::new();
    let pixels = vec![77; 48 * 48];
    jpeg_encoder::Encoder::new(&mut jpeg, 90).encode(&pixels, 48, 48, jpeg_encoder::ColorType::Luma).unwrap();
    assert!(Picture::new(&jpeg).is_ok());
    for length in 3..jpeg.len() - 2 {
        // Whether it is refused as a logo or read as what is left of a photo: no panic, no hang.
        let _ = wx_render::read(&jpeg[..length]);
        let _ = Picture::new(&jpeg[..length]);
    }
    refused(&jpeg[..jpeg.len() / 2], "damaged");
}

#[test]
fn an_svg_only_draws() {
    let deep = |depth| svg(9, 9, &format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth)));
    let many = "<rect width='1' height='1'/>".repeat(30_000);
    let uses = "<use href='#a'/>".repeat(65);
    let cases = [
        (svg(9, 9, "<script>alert(1)</script>"), "<script> is not allowed"),
        (svg(9, 9, "<rect onload='x()' width='9' height='9'/>"), "`onload` is a script"),
        (svg(9, 9, "<image href='http://127.0.0.1/x.png' width='9' height='9'/>"), "<image> is not allowed"),
        (svg(9, 9, "<use href='http://127.0.0.1/x.svg#a'/>"), "outside of itself"),
        (svg(9, 9, "<use href='file:///etc/passwd#a'/>"), "outside of itself"),
        (svg(9, 9, "<rect fill='url(http://127.0.0.1/#a)' width='9' height='9'/>"), "outside of itself"),
        (svg(9, 9, "<style>@import 'http://127.0.0.1/x.css';</style>"), "outside of itself"),
        (svg(9, 9, "<style>rect{fill:url( 'http://127.0.0.1/x')}</style>"), "outside of itself"),
        (svg(9, 9, "<rect style='filter: blur(900px)' width='9' height='9'/>"), "filter"),
        (svg(9, 9, "<foreignObject/>"), "<foreignObject> is not allowed"),
        (
            svg(9, 9, "<text>扫</text>"),
            "<text> is not allowed in a logo or background; turn it into plain paths",
        ),
        (svg(9, 9, "<g id='a'><use href='#a'/></g>"), "a <use> leads to another <use>"),
        (svg(9, 9, &format!("<rect id='a'/>{uses}")), "it has 65 <use>, at most 64"),
        (deep(100), "48 deep"),
        (deep(100_000), ""),
        (svg(9, 9, &many), ""),
        (svg(9, 9, &" ".repeat(1024 * 1024)), "bytes, at most 1048576"),
        (
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>".to_owned(),
            "DTD",
        ),
        ("<svg xmlns='http://www.w3.org/2000/svg'".to_owned(), ""),
    ];
    for (file, part) in cases {
        let error = Picture::new(file.as_bytes()).unwrap_err();
        assert!(matches!(error, PictureError::Svg { .. }), "{error:?}");
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
    let good = svg(9, 9, "<defs><circle id='a' r='2'/></defs><use href='#a' x='4' y='4' fill='#c00'/>");
    assert_eq!(Picture::new(good.as_bytes()).unwrap().size(), (9.0, 9.0));
}

#[test]
fn noise_is_read_as_nothing() {
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u8::try_from(state >> 24).unwrap()
    };
    for side in [1u32, 2, 7, 64, 300] {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        let pixels: Vec<u8> = (0..side * side).map(|_| noise()).collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        assert_eq!(wx_render::read(&file), Ok(Vec::new()), "{side}");
    }
}

/// Decoders try all threes of what looks like a corner of a symbol; these pictures are nothing else.
#[test]
fn a_field_of_finder_patterns_takes_no_time() {
    for (module, gap) in [(2, 8), (5, 8), (12, 12)] {
        let side = 1600;
        let is_dark = |x: usize, y: usize| {
            let [x, y] = [x, y].map(|at| at / module % gap);
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            x < 7 && y < 7 && (ring == 3 || ring <= 1)
        };
        let pixels: Vec<u8> =
            (0..side * side).map(|at| if is_dark(at % side, at / side) { 0 } else { 255 }).collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 1600, 1600);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        assert_eq!(wx_render::read(&file), Ok(Vec::new()), "{module} {gap}");
        assert_eq!(wx_render::read_one(&file), Ok(None), "{module} {gap}");
    }
}
