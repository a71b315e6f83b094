//! The longest texts and the largest pictures.

use crate::{canvas::Canvas, read_back::LEVELS};
use std::io::Cursor;
use wx_render::{DrawError, EncodeError, Level, MAX_SIDE, Size, Style, Symbol};

#[test]
fn the_longest_text_of_each_level_is_read_back_and_one_byte_more_is_refused() {
    for level in LEVELS {
        let longest = "w".repeat(level.max_bytes());
        let symbol = Symbol::encode(&longest, level).unwrap();
        assert_eq!(symbol.width(), 177);
        let style = Style::new().size(Size::Module(4));
        Canvas::from_png(&symbol.to_png(&style).unwrap()).assert_reads(&longest);

        let bytes = longest.len() + 1;
        let error = Symbol::encode(&"w".repeat(bytes), level).unwrap_err();
        assert_eq!(error, EncodeError::TooLong { bytes, level });
    }
}

#[test]
fn dense_modes_hold_more() {
    for (unit, most) in [("7", 7089), ("K", 4296)] {
        let text = unit.repeat(most);
        let symbol = Symbol::encode(&text, Level::L).unwrap();
        let style = Style::new().size(Size::Module(4));
        Canvas::from_png(&symbol.to_png(&style).unwrap()).assert_reads(&text);
        assert!(Symbol::encode(&unit.repeat(most + 1), Level::L).is_err());
    }
}

#[test]
fn hostile_texts_are_refused_at_once() {
    assert_eq!(Symbol::encode("", Level::L), Err(EncodeError::Empty));
    for unit in ["0", "A", "码", "\0"] {
        assert!(Symbol::encode(&unit.repeat(10_000_000), Level::L).is_err());
    }
}

#[test]
fn the_largest_picture_can_be_drawn() {
    let symbol = Symbol::encode("1", Level::L).unwrap();
    let picture = |side| symbol.to_png(&Style::new().size(Size::Picture(side)));
    let file = Cursor::new(picture(MAX_SIDE).unwrap());
    assert_eq!(png::Decoder::new(file).read_info().unwrap().info().size(), (MAX_SIDE, MAX_SIDE));
    assert_eq!(picture(MAX_SIDE + 1), Err(DrawError::TooLarge { side: MAX_SIDE + 1 }));
    assert_eq!(picture(28), Err(DrawError::TooSmall { needed: 29 }));
    let svg = symbol.to_svg(&Style::new().size(Size::Module(u32::MAX)));
    assert_eq!(svg, Err(DrawError::TooLarge { side: u32::MAX }));
}

#[test]
fn errors_say_what_to_do() {
    let text = Symbol::encode(&"w".repeat(1274), Level::H).unwrap_err().to_string();
    insta::assert_snapshot!(text, @"a text of 1274 bytes does not fit into a QR symbol, level H holds 1273; shorten it or choose a lower level");
    insta::assert_snapshot!(EncodeError::Empty, @"there is no text to encode; give at least one character");
    let symbol = Symbol::encode("1", Level::L).unwrap();
    let error = |side| symbol.to_svg(&Style::new().size(Size::Picture(side))).unwrap_err();
    insta::assert_snapshot!(error(20_000), @"the picture would be 20000 pixels wide, the most is 16384; make it smaller, or scale an SVG");
    insta::assert_snapshot!(error(20), @"the picture is too small for one pixel a module; make it at least 29 pixels wide, better several times that");
}

#[test]
fn outside_the_symbol_everything_is_light() {
    let symbol = Symbol::encode("1", Level::L).unwrap();
    assert!(symbol.is_dark(0, 0) && symbol.is_dark(20, 0) && symbol.is_dark(0, 20));
    assert!(!symbol.is_dark(21, 0) && !symbol.is_dark(0, 21) && !symbol.is_dark(usize::MAX, usize::MAX));
}
