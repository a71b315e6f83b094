//! Texts that do not stand in the document letter for letter.

use crate::document::{Malformed, is_forbidden};

/// [`needs_care`] for a whole document: a quick look at the bytes that may say yes wrongly. Nearly all pushes are plain.
pub(super) fn may_need_care(bytes: &[u8]) -> bool {
    // Not `any`, which would stop at the first: without a stop the compiler looks at many bytes at once.
    bytes.iter().fold(false, |found, byte| found | may_begin_care(*byte))
}

fn may_begin_care(byte: u8) -> bool {
    (byte < b' ' && byte != b'\n' && byte != b'\t') || byte == FIRST_OF_NONCHARACTERS
}

/// U+FFFE and U+FFFF begin with it in UTF-8.
const FIRST_OF_NONCHARACTERS: u8 = 0xef;

/// Whether a text has a line end to normalise or a character to leave out.
pub(super) fn needs_care(text: &str) -> bool {
    text.contains(|character| character == '\r' || is_forbidden(character))
}

/// A text with its line ends normalised, without what XML forbids.
pub(super) fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_cleaned(&mut out, text);
    out
}

/// [`cleaned`], with the references replaced.
pub(super) fn resolved(text: &str) -> Result<String, Malformed> {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    push_cleaned(&mut out, pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once(';').ok_or(Malformed::UnknownEntity)?;
        out.extend(Some(referred(name)?).filter(|character| !is_forbidden(*character)));
        push_cleaned(&mut out, rest);
    }
    Ok(out)
}

fn push_cleaned(out: &mut String, text: &str) {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' {
            characters.next_if_eq(&'\n');
            out.push('\n');
        } else if !is_forbidden(character) {
            out.push(character);
        }
    }
}

fn referred(name: &str) -> Result<char, Malformed> {
    match name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => {
            let number = name.strip_prefix('#').ok_or(Malformed::UnknownEntity)?;
            numbered(number).ok_or(Malformed::BadReference)
        }
    }
}

/// The character of `#65` or `#x41`, given without the `#`.
fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
    let is_plain = digits.chars().all(|digit| digit.is_digit(radix));
    is_plain.then(|| u32::from_str_radix(digits, radix).ok()).flatten().and_then(char::from_u32)
}
