//! Every preset, at every level, says what it is to say, to readers that this crate has no part in. A third one reads
//! them in the scenarios.

use crate::read_back::LEVELS;
use wx_render::{Format, Size, Style};

/// 10 presets, 4 levels, 25 texts: 1000 pictures.
const TEXTS: usize = 25;

/// Addresses as the platform makes them, and what people print beside them.
fn text(number: usize) -> String {
    let id: String =
        (0..22).map(|place| ID[(number * 7919 + place * (number + 31)) % ID.len()] as char).collect();
    match number % 5 {
        0..=2 => format!("http://weixin.qq.com/q/02{id}"),
        3 => format!("https://example.com/shop/{id}?channel={number}"),
        _ => format!("门店 {number} 号，扫码关注 {}", &id[..number % 20]),
    }
}

const ID: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#[test]
fn a_thousand_pictures_are_read_by_both_decoders() {
    for (preset, name) in Style::PRESETS.iter().enumerate() {
        for (at, level) in LEVELS.into_iter().enumerate() {
            for number in 0..TEXTS {
                let number = (preset * LEVELS.len() + at) * TEXTS + number;
                let text = text(number);
                let style = Style::preset(name)
                    .unwrap()
                    .level(level)
                    .size(Size::Module(4 + u32::try_from(number % 7).unwrap()));
                let drawing = style.draw(&text).unwrap();
                // The bytes are read again before they are handed out.
                let file = drawing.file(Format::Png);
                assert!(file.is_ok(), "{name} {level:?} {text:?}: {file:?}");
            }
        }
    }
}

/// The search that is made in photos, which knows nothing of the drawing, finds them too.
#[test]
fn what_is_drawn_is_found_in_the_file() {
    for (number, name) in Style::PRESETS.iter().enumerate() {
        let text = text(number);
        for format in [Format::Png, Format::Jpeg] {
            let drawing = Style::preset(name).unwrap().size(Size::Picture(600)).draw(&text).unwrap();
            let found = wx_render::read(&drawing.file(format).unwrap()).unwrap();
            let [found] = found.as_slice() else { panic!("{name} {format}: {found:?}") };
            assert_eq!(found.text, text, "{name} {format}");
            assert!(found.by_rqrr && found.by_rxing && !found.is_inverted, "{name} {format}: {found:?}");
        }
    }
}

#[test]
fn a_preset_that_is_not_there_is_named_with_the_one_that_may_be_meant() {
    let error = |name| Style::preset(name).unwrap_err().to_string();
    assert_eq!(error("oceann"), r#"there is no preset "oceann"; did you mean "ocean"?"#);
    assert_eq!(
        error("?"),
        r#"there is no preset "?"; there are plain, ink, dots, soft, green, ocean, sunset, leaf, card, festive"#
    );
    assert_eq!(Style::PRESETS.len(), 10);
}
