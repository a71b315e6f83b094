use base64::{
    Engine,
    alphabet::{Alphabet, STANDARD, URL_SAFE},
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};
use std::collections::HashMap;

/// All secrets that are searched for, each as it may look in somebody's text: as it is, in hexadecimal, or within
/// base64. One pass over a text finds all, however many there are.
#[derive(Debug, Default)]
pub(super) struct Forms(HashMap<[u8; START], Vec<Form>>);

/// Forms with the same beginning are compared one by one.
const START: usize = 4;

#[derive(Debug)]
struct Form {
    bytes: Vec<u8>,
    secret: usize,
}

impl Forms {
    /// Adds a secret under its number. It has at least six bytes, so every form has a beginning.
    pub(super) fn add(&mut self, secret: &str, number: usize) {
        for bytes in forms(secret.as_bytes()) {
            if let Some(start) = bytes.first_chunk() {
                self.0.entry(*start).or_default().push(Form { bytes, secret: number });
            }
        }
    }

    /// The longest secret that begins here: where it ends, and its number.
    pub(super) fn at(&self, text: &[u8], start: usize) -> Option<(usize, usize)> {
        let literal = text.get(start..).and_then(<[u8]>::first_chunk).copied();
        let beginnings = [literal, beginning(text, start, b'+'), beginning(text, start, b' ')];
        let forms = beginnings.iter().flatten().filter_map(|beginning| self.0.get(beginning)).flatten();
        forms.filter_map(|form| Some((matched(text, start, &form.bytes)?, form.secret))).max()
    }
}

fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![secret.to_vec(), hex(secret, b"0123456789abcdef"), hex(secret, b"0123456789ABCDEF")];
    for alphabet in [&STANDARD, &URL_SAFE] {
        forms.extend((0..3).map(|before| base64(secret, before, alphabet)));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// The first bytes that stand here, whatever is escaped. A plus is one, or a blank.
fn beginning(text: &[u8], start: usize, plus: u8) -> Option<[u8; START]> {
    let (mut bytes, mut at) = ([0; START], start);
    for byte in &mut bytes {
        let rest = text.get(at..)?;
        let (plain, length) = match rest.first()? {
            b'+' => (plus, 1),
            literal => unescaped(rest).unwrap_or((*literal, 1)),
        };
        (*byte, at) = (plain, at + length);
    }
    Some(bytes)
}

fn hex(bytes: &[u8], digits: &[u8; 16]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]).collect()
}

/// The letters that stand for these bytes alone when so many others (0, 1 or 2 beyond a group of three) come before them.
fn base64(bytes: &[u8], before: usize, alphabet: &Alphabet) -> Vec<u8> {
    let padded = [&[0_u8; 2][..before], bytes].concat();
    let text = GeneralPurpose::new(alphabet, NO_PAD).encode(&padded).into_bytes();
    text[(before * 8).div_ceil(6)..padded.len() * 8 / 6].to_vec()
}

/// Where the form ends if it begins here: in a text where a backslash is one, or in one where it escapes.
fn matched(text: &[u8], start: usize, form: &[u8]) -> Option<usize> {
    let end = |prefers_literal: bool| {
        form.iter().try_fold(start, |at, byte| {
            let rest = text.get(at..)?;
            let literal = (rest.first() == Some(byte)).then_some(at + 1);
            let escaped = unescaped(rest).filter(|(plain, _)| plain == byte).map(|(_, length)| at + length);
            if prefers_literal { literal.or(escaped) } else { escaped.or(literal) }
        })
    };
    end(true).or_else(|| end(false))
}

/// The byte that is escaped here, and how many letters it takes: `%2F`, `%252F`, `\/`, `\u002f`, or `+` for a blank.
fn unescaped(text: &[u8]) -> Option<(u8, usize)> {
    let (byte, length) = match text {
        [b'%', b'2', b'5', high, low, ..] if code(*high, *low).is_some() => (code(*high, *low), 5),
        [b'%', high, low, ..] => (code(*high, *low), 3),
        [b'\\', b'u', b'0', b'0', high, low, ..] => (code(*high, *low), 6),
        [b'\\', next, ..] => (Some(*next), 2),
        [b'+', ..] => (Some(b' '), 1),
        _ => (None, 0),
    };
    Some((byte?, length))
}

fn code(high: u8, low: u8) -> Option<u8> {
    let digit = |byte| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? * 16 + digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "S3cret/+=\"\\ value";

    fn found(text: &[u8]) -> Option<std::ops::Range<usize>> {
        let mut forms = Forms::default();
        forms.add(SECRET, 7);
        (0..text.len()).find_map(|start| {
            let (end, number) = forms.at(text, start)?;
            assert_eq!(number, 7);
            Some(start..end)
        })
    }

    #[test]
    fn a_secret_is_found_in_every_form() {
        for text in [
            SECRET,
            "S3cret%2F%2B%3D%22%5C%20value",
            "S3cret%2f%2b%3d%22%5c+value",
            "%53%33%63%72%65%74%2F%2B%3D%22%5C%20%76%61%6C%75%65",
            "S3cret%252F%252B%253D%2522%255C%2520value",
            r#"S3cret\/+=\"\\ value"#,
            r#"S3cret/+\u003D\"\\\u0020value"#,
            r"S3cret/+\u003D\u0022\u005c\u0020value",
            "5333637265742f2b3d225c2076616c7565",
            "5333637265742F2B3D225C2076616C7565",
        ] {
            assert_eq!(found(format!("ab{text}cd").as_bytes()), Some(2..text.len() + 2), "{text}");
        }
        assert_eq!(found(b"S3cret/+=\"\\ valu"), None);
        assert_eq!(found(b"%\\%2\\u00"), None);
    }

    #[test]
    fn a_secret_is_found_within_base64() {
        for alphabet in [&STANDARD, &URL_SAFE] {
            for before in 0..6 {
                let text = [&"x".repeat(before), SECRET, "tail"].concat();
                let encoded = GeneralPurpose::new(alphabet, NO_PAD).encode(text);
                let found = found(encoded.as_bytes()).unwrap();
                assert!(found.len() >= SECRET.len() * 4 / 3 - 2, "{found:?} of {encoded}");
            }
        }
    }

    #[test]
    fn of_two_secrets_the_longer_is_found() {
        let mut forms = Forms::default();
        forms.add("secret", 0);
        forms.add("secret-more", 1);
        assert_eq!(forms.at(b"secret-more", 0), Some((11, 1)));
        assert_eq!(forms.at(b"secret-mor", 0), Some((6, 0)));
    }
}
