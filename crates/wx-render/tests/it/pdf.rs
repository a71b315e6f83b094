//! Vector files: their inside. What a program of others shows of them, the scenarios look at.

use crate::logos::svg;
use flate2::read::ZlibDecoder;
use std::io::Read;
use wx_render::{Color, Format, Frame, Logo, Paint, Paper, Picture, Sheet, SheetWriter, Style};

const URL: &str = "http://weixin.qq.com/q/02Ck5lxPvycA310000g07a";

/// The unpacked streams.
fn streams(pdf: &[u8]) -> Vec<String> {
    let find = |from: usize, what: &[u8]| {
        pdf[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(start) = find(from, b">>\nstream\n") {
        let end = find(start, b"\nendstream").unwrap();
        let mut text = Vec::new();
        let packed = &pdf[start + 10..end];
        if ZlibDecoder::new(packed).read_to_end(&mut text).is_ok() {
            streams.push(String::from_utf8_lossy(&text).into_owned());
        }
        from = end;
    }
    streams
}

/// Every number in the table of objects is the place of that object.
fn assert_sound(pdf: &[u8]) {
    let text = String::from_utf8_lossy(pdf);
    let at = |needle: &[u8]| pdf.windows(needle.len()).rposition(|window| window == needle).unwrap();
    let start: usize =
        text[text.rfind("startxref\n").unwrap() + 10..].lines().next().unwrap().parse().unwrap();
    assert_eq!(start, at(b"xref\n0 "));
    let table = String::from_utf8_lossy(&pdf[start..]).into_owned();
    let objects = table.lines().skip(3).take_while(|line| line.ends_with(" n "));
    let mut count = 0;
    for (number, line) in (1..).zip(objects) {
        let offset: usize = line[..10].parse().unwrap();
        let head = format!("{number} 0 obj");
        assert_eq!(&pdf[offset..offset + head.len()], head.as_bytes(), "object {number}");
        count = number;
    }
    assert!(count >= 2, "{count} objects");
    assert!(text.ends_with("%%EOF\n"));
}

#[test]
fn black_is_black_ink_alone() {
    let pdf = Style::new().millimetres(30.0, 300).draw(URL).unwrap().file(Format::Pdf).unwrap();
    assert_sound(&pdf);
    let [content] = &streams(&pdf)[..] else { panic!("one stream") };
    let colors: Vec<&str> =
        content.lines().filter(|line| line.ends_with(" k") || line.ends_with("rg")).collect();
    assert!(colors.contains(&"0 0 0 1 k"), "{colors:?}");
    assert!(colors.iter().all(|line| line.starts_with("0 0 0 ")), "{colors:?}");
    // 30 mm are 85 points.
    let text = String::from_utf8_lossy(&pdf);
    let size = text.split("/MediaBox [0 0 ").nth(1).unwrap().split(' ').next().unwrap();
    assert!((size.parse::<f32>().unwrap() - 85.04).abs() < 0.1, "{size}");
}

#[test]
fn gradients_and_pictures_are_in_it_once() {
    let logo = Picture::new(svg(9, 9, "<circle r='4' cx='4.5' cy='4.5' fill='#c00'/>").as_bytes()).unwrap();
    let paint = Paint::Linear { from: Color::BLACK, to: Color::new(0, 0, 128), angle: 45.0 };
    let style = Style::new().dark(paint).logo(Logo::new(logo)).frame(Frame::card(Color::new(120, 0, 0)));
    let drawing = style.draw(URL).unwrap();
    drawing.file(Format::Png).unwrap();
    let mut writer = SheetWriter::new(Vec::new(), Sheet::new(3, 3)).unwrap();
    for _ in 0..9 {
        writer.add(&drawing).unwrap();
    }
    let (pdf, pages) = writer.finish().unwrap();
    assert_sound(&pdf);
    assert_eq!(pages, 1);
    let count = |needle: &str| String::from_utf8_lossy(&pdf).matches(needle).count();
    assert_eq!(
        (count("/Subtype /Form"), count("/Subtype /Image")),
        (1, 0),
        "one logo for nine codes, in shapes"
    );
    assert!(count("/ShadingType 2") >= 9);
}

/// What shapes cannot say is drawn as pixels: see-through gradients and groups.
#[test]
fn an_svg_that_shapes_cannot_say_is_pixels() {
    let kinds = |content: &str| {
        let logo = Logo::new(Picture::new(svg(9, 9, content).as_bytes()).unwrap());
        let pdf = Style::new().logo(logo).draw(URL).unwrap().file(Format::Pdf).unwrap();
        assert_sound(&pdf);
        ["/Form", "/Image"]
            .map(|kind| String::from_utf8_lossy(&pdf).matches(&format!("/Subtype {kind}")).count())
    };
    let gradient = |rest: &str, stop: &str| {
        format!(
            "<linearGradient id='a' {rest}><stop offset='0' stop-color='red'/><stop offset='.5' stop-color='#fd0'/>\
             <stop offset='1' {stop}/></linearGradient><rect width='9' height='9' fill='url(#a)'/>"
        )
    };
    let two = "<rect width='6' height='6'/><rect x='3' y='3' width='6' height='6' fill='red'/>";
    assert_eq!(kinds(two), [1, 0]);
    assert_eq!(kinds(&gradient("", "stop-color='blue'")), [1, 0]);
    assert_eq!(kinds("<rect width='9' height='9' fill='red' stroke='#00f' opacity='1'/>"), [1, 0]);
    assert_eq!(kinds("<rect width='9' height='9' fill='red' opacity='.5'/>"), [1, 0]);
    // With a mask of its opacity each.
    assert_eq!(kinds(&gradient("", "stop-opacity='0'")), [0, 2]);
    assert_eq!(kinds(&format!("<rect width='9' height='9' fill='#fff'/><g opacity='.5'>{two}</g>")), [0, 1]);
    assert_eq!(kinds(&gradient("spreadMethod='reflect' x2='.3'", "stop-color='blue'")), [0, 1]);
}

#[test]
fn pages_are_written_as_they_fill() {
    let drawing = Style::new().draw(URL).unwrap();
    let mut writer = SheetWriter::new(Vec::new(), Sheet::new(4, 6)).unwrap();
    for _ in 0..49 {
        writer.add(&drawing).unwrap();
    }
    let (pdf, pages) = writer.finish().unwrap();
    assert_sound(&pdf);
    assert_eq!(pages, 3);
    let none = SheetWriter::new(Vec::new(), Sheet::new(4, 6)).unwrap().finish().unwrap();
    assert_sound(&none.0);
    assert_eq!(none.1, 0);
}

#[test]
fn what_does_not_fit_on_the_sheet_is_refused() {
    let large = Style::new().millimetres(60.0, 300).draw(URL).unwrap();
    let mut writer = SheetWriter::new(Vec::new(), Sheet::new(4, 6)).unwrap();
    let error = writer.add(&large).unwrap_err().to_string();
    assert!(error.contains("the picture is 60.0 x 60.0 mm, a place of the sheet has 43.5 x"), "{error}");
    let error = |sheet: Sheet| SheetWriter::new(Vec::new(), sheet).unwrap_err().to_string();
    for sheet in
        [Sheet::new(40, 6), Sheet::new(0, 3), Sheet::new(2, 2).margin(-1.0), Sheet::new(2, 2).gap(f32::NAN)]
    {
        assert!(error(sheet).contains("do not fit on the sheet"));
    }
    for text in ["", "4", "4x", "-1x2", "4x6x2", "70000x1"] {
        assert!(text.parse::<Sheet>().is_err(), "{text}");
    }
    for text in ["A7", "10x10mm", "nanx100mm", "100x150"] {
        assert!(text.parse::<Paper>().is_err(), "{text}");
    }
    assert_eq!("4x6".parse::<Sheet>().unwrap(), Sheet::new(4, 6));
}
