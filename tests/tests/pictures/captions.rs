//! Chinese, written with the fonts of this system.

use crate::grey::Grey;
use std::{fs, path::PathBuf};
use wx_render::{ArtError, Caption, Font, Format, Style};

const URL: &str = "http://weixin.qq.com/q/02Ck5lxPvycA310000g07a";

/// What stands under the code.
fn caption(text: &str, font: Option<&Font>) -> Result<Vec<u8>, ArtError> {
    let mut caption = Caption::new(text).size(12.0);
    if let Some(font) = font {
        caption = caption.font(font.clone());
    }
    let drawing = Style::new().caption(caption).draw(URL)?;
    let picture = Grey::from_png(&drawing.file(Format::Png)?);
    // The code is a square.
    Ok(picture.pixels[picture.width * picture.width..].to_vec())
}

/// Dark pixels.
fn ink(caption: &[u8]) -> usize {
    caption.iter().filter(|value| **value < 128).count()
}

/// A Chinese font in its file, a collection among them.
fn font_files() -> Vec<PathBuf> {
    let folders =
        ["truetype/wqy", "opentype/noto"].map(|folder| PathBuf::from("/usr/share/fonts").join(folder));
    let files = folders.iter().flat_map(fs::read_dir).flatten().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "ttc")).collect()
}

#[track_caller]
fn assert_writes(font: Option<&Font>) {
    let one = caption("扫码关注", font).unwrap();
    // Boxes for what is missing would all look the same.
    assert_ne!(one, caption("谢谢惠顾", font).unwrap());
    assert_ne!(one, caption("扫码关住", font).unwrap());
    assert_eq!(one, caption("扫码关注", font).unwrap());
    // 一 is one stroke, 囍 twenty-four.
    let [few, many] = ["一一一一", "囍囍囍囍"].map(|text| ink(&caption(text, font).unwrap()));
    assert!(few > 0 && many > 3 * few, "{few} and {many} dark pixels");
}

#[test]
fn a_font_of_the_system_is_found() {
    assert_writes(None);
}

#[test]
fn a_font_file_is_taken() {
    let files = font_files();
    assert!(!files.is_empty());
    for file in files {
        assert_writes(Some(&Font::file(&file).unwrap()));
    }
}

#[test]
fn what_no_font_has_is_named() {
    // Assigned to nothing, and to stay so.
    let error = caption("扫\u{ffffd}码", None).unwrap_err().to_string();
    assert!(error.starts_with("no font of this system has \u{ffffd}; install one"), "{error}");
    let file = Font::file(&font_files()[0]).unwrap();
    let error = caption("扫\u{ffffd}码", Some(&file)).unwrap_err().to_string();
    assert!(error.starts_with("the font lacks \u{ffffd}; give another one"), "{error}");
}

/// Whatever a font file holds, it is an error or writes something; nothing panics.
#[test]
fn hostile_font_files_are_refused_or_written_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("font.ttf");
    let whole = font_files().into_iter().map(|file| fs::read(file).unwrap()).min_by_key(Vec::len).unwrap();
    let mut state = 1_u64;
    for number in 0..24 {
        let mut bytes = whole.clone();
        if number % 2 == 0 {
            bytes.truncate(whole.len() * number / 24);
        }
        // The tables of a font begin in its first kilobytes.
        for _ in 0..number * 4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let reach = if number % 3 == 0 { bytes.len() } else { bytes.len().min(4096) };
            let at = usize::try_from(state >> 33).unwrap() % reach.max(1);
            if let Some(byte) = bytes.get_mut(at) {
                *byte = byte.wrapping_add(u8::try_from(state >> 56).unwrap());
            }
        }
        fs::write(&file, &bytes).unwrap();
        let written = Font::file(&file).and_then(|font| caption("扫码关注", Some(&font)));
        assert!(number > 0 || written.is_err(), "no bytes are no font");
    }
    fs::File::create(&file).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    let error = Font::file(&file).unwrap_err().to_string();
    assert!(error.ends_with("it has more than 64 MB"), "{error}");
}
