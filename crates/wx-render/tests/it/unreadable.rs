//! What could not be scanned is not drawn, and the reason is said.

use crate::logos::solid_png;
use wx_render::{
    ArtError, Color, EyeShape, Eyes, Format, Frame, Length, Level, Logo, ModuleShape, Paint, Picture, Poster,
    Size, Style, Unreadable,
};

const URL: &str = "http://weixin.qq.com/q/02Ck5lxPvycA310000g07a";

#[track_caller]
fn refused(style: &Style, part: &str) {
    let error = style.draw(URL).and_then(|drawing| drawing.file(Format::Png)).unwrap_err();
    assert!(matches!(error, ArtError::Unreadable(_)), "{error:?}");
    assert!(error.to_string().contains(part), "{error}");
}

#[test]
fn too_little_contrast_is_named_with_its_ratio() {
    let grey = |value| Style::new().dark(Color::grey(value));
    refused(&grey(0xaa), "the contrast of #aaaaaa on #ffffff is too low, 2.3:1, at least 3:1");
    let fading = Paint::Linear { from: Color::BLACK, to: Color::new(0xff, 0xe0, 0x00), angle: 45.0 };
    refused(&Style::new().dark(fading), "#ffe000 on #ffffff is too low");
    let eyes =
        Eyes::new(EyeShape::Square, EyeShape::Square).color(Color::BLACK, Color::new(0xff, 0xc0, 0xcb));
    refused(&Style::new().eyes(eyes), "#ffc0cb on #ffffff is too low");
    assert!(grey(0x70).draw(URL).unwrap().file(Format::Png).is_ok());
}

#[test]
fn inverted_colours_are_named() {
    refused(&Style::new().dark(Color::WHITE).light(Color::BLACK), "it is inverted");
    // On transparent ground, light paper is taken for granted.
    assert!(Style::new().light(None).draw(URL).unwrap().file(Format::Png).is_ok());
}

#[test]
fn a_quiet_zone_that_is_too_small_is_named() {
    refused(&Style::new().quiet_zone(1), "the quiet zone is too small, 1 modules");
    let framed = Style::new().quiet_zone(2).frame(Frame::card(Color::BLACK));
    assert!(framed.draw(URL).unwrap().file(Format::Png).is_ok());
}

#[test]
fn a_logo_raises_the_level_as_far_as_it_needs_and_no_farther() {
    let logo = || Logo::new(Picture::new(&solid_png(40, 40, [200, 30, 30])).unwrap());
    let level = |logo: Logo| Style::new().level(Level::L).logo(logo).draw(URL).unwrap().level();
    assert_eq!(level(logo().size(5.0).margin(0.0)), Level::L);
    assert_eq!(level(logo().size(8.0).margin(0.0)), Level::M);
    assert_eq!(level(logo().size(16.0)), Level::Q);
    assert_eq!(level(logo().size(22.0)), Level::H);
    let drawing = Style::new().level(Level::H).logo(logo().size(8.0)).draw(URL).unwrap();
    assert_eq!(drawing.level(), Level::H, "it never falls");
}

#[test]
fn a_logo_that_is_too_large_is_named_with_its_share() {
    let logo = Logo::new(Picture::new(&solid_png(40, 40, [0, 0, 0])).unwrap());
    refused(&Style::new().logo(logo.clone().size(40.0)), "the logo is too large, it covers");
    let error = Style::new().logo(logo.size(41.0)).draw(URL).unwrap_err();
    assert_eq!(error.to_string(), "the size of the logo in percent is 5 to 40, not 41");
}

/// The budget holds: the largest logos that are allowed, black as ink, leave something to read for every shape.
#[test]
fn the_largest_logos_are_read() {
    let picture = Picture::new(&solid_png(60, 60, [0, 0, 0])).unwrap();
    for shape in [ModuleShape::Square, ModuleShape::Dot, ModuleShape::Rounded, ModuleShape::Connected] {
        for text in [URL, "http://weixin.qq.com/q/02XbRkJ4PvycA310000g03p", "门店"] {
            let largest = (5u8..=40).rev().find_map(|size| {
                let logo = Logo::new(picture.clone()).size(f32::from(size));
                Style::new().modules(shape).logo(logo).size(Size::Module(6)).draw(text).ok()
            });
            assert!(largest.unwrap().file(Format::Png).is_ok(), "{shape:?} {text}");
        }
    }
}

/// Nothing is believed: what no rule forbids, but nobody can read, is found out.
#[test]
fn decoders_have_the_last_word() {
    // Transparent ground takes light paper for granted; this paper is black.
    let black = Picture::new(&solid_png(400, 400, [0, 0, 0])).unwrap();
    let [left, width] = [10.0, 80.0].map(Length::Percent);
    let style = Style::new().light(None).poster(Poster::new(black, left, left, width));
    for format in [Format::Png, Format::Jpeg, Format::Svg, Format::Pdf] {
        match style.draw(URL).unwrap().file(format) {
            Err(ArtError::Unreadable(Unreadable::Decoder { by_rqrr: false, by_rxing: false, .. })) => {}
            other => panic!("{format}: {:?}", other.map(|file| file.len())),
        }
    }
    refused(&style, "neither of the two decoders (rqrr, rxing) read it, at 7.0 pixels a module");
}
