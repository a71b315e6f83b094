use std::ops::Range;

/// Where the values of named fields stand in a text of any kind: a query, a form, JSON whole or cut, XML, HTML.
pub(crate) fn values(text: &str, is_hidden: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let (bytes, mut found, mut at) = (text.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        let start = at;
        at += bytes[start..].iter().take_while(|byte| is_of_name(**byte)).count();
        if at == start {
            at += 1;
        } else if is_hidden(&text[start..at])
            && let Some(value) = value(bytes, start, at).filter(|value| !value.is_empty())
        {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// The text with each such value replaced.
#[cfg(any(feature = "mock", test))]
pub(crate) fn redacted(text: &str, is_hidden: impl Fn(&str) -> bool) -> String {
    let (mut clean, mut done) = (String::new(), 0);
    for value in values(text, is_hidden) {
        clean.push_str(&text[done..value.start]);
        clean.push_str("[redacted]");
        done = value.end;
    }
    clean + &text[done..]
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// The value that belongs to the name in this place. All ends are ASCII, so they stand between characters.
fn value(bytes: &[u8], name: usize, end: usize) -> Option<Range<usize>> {
    if name > 0 && bytes[name - 1] == b'<' && bytes.get(end) == Some(&b'>') {
        return Some(element(bytes, end + 1));
    }
    let after_quote = quote(bytes, end).map_or(end, |(_, _, end)| end);
    let separator = blanks(bytes, after_quote);
    let start = blanks(bytes, separator + separator_length(&bytes[separator..])?);
    Some(match quote(bytes, start) {
        Some((mark, escapes, start)) => start..closing(bytes, start, mark, escapes),
        None => start..word(bytes, start),
    })
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn separator_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'=' | b':', ..] => Some(1),
        [b'%', b'3', b'D' | b'd' | b'A' | b'a', ..] => Some(3),
        _ => None,
    }
}

/// A quotation mark, the backslashes before it (JSON within JSON has one), and where it ends.
fn quote(bytes: &[u8], at: usize) -> Option<(u8, usize, usize)> {
    let escapes = bytes[at..].iter().take_while(|byte| **byte == b'\\').count();
    let mark = *bytes.get(at + escapes)?;
    matches!(mark, b'"' | b'\'').then_some((mark, escapes, at + escapes + 1))
}

/// The same mark with as many backslashes; with none, one that is not escaped.
fn closing(bytes: &[u8], start: usize, mark: u8, escapes: usize) -> usize {
    let mut backslashes = 0;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match *byte {
            b'\\' => backslashes += 1,
            byte if byte == mark && (backslashes == escapes || escapes == 0 && backslashes % 2 == 0) => {
                return at - escapes;
            }
            _ => backslashes = 0,
        }
    }
    bytes.len()
}

/// One word, or two where the first only names the scheme of an authorization.
fn word(bytes: &[u8], start: usize) -> usize {
    let end = delimiter(bytes, start);
    let is_scheme =
        [&b"bearer"[..], b"basic"].iter().any(|scheme| bytes[start..end].eq_ignore_ascii_case(scheme));
    if is_scheme { delimiter(bytes, blanks(bytes, end)) } else { end }
}

fn delimiter(bytes: &[u8], start: usize) -> usize {
    let ends = |at: &usize| {
        bytes[*at].is_ascii_whitespace()
            || b"&\"'<>,;)}]\\".contains(&bytes[*at])
            || bytes[*at..].starts_with(b"%26")
    };
    (start..bytes.len()).find(ends).unwrap_or(bytes.len())
}

/// What stands in an element of XML.
fn element(bytes: &[u8], start: usize) -> Range<usize> {
    const CDATA: &[u8] = b"<![CDATA[";
    let (start, end): (_, &[u8]) =
        if bytes[start..].starts_with(CDATA) { (start + CDATA.len(), b"]]>") } else { (start, b"<") };
    let length = bytes[start..].windows(end.len()).position(|window| window == end);
    start..length.map_or(bytes.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Redaction;

    fn clean(text: &str) -> String {
        redacted(text, |name| Redaction::default().hides_in_query(name))
    }

    #[test]
    fn values_are_found_in_every_notation() {
        for (text, expected) in [
            ("a=1&secret=s%2B&b=2", "a=1&secret=[redacted]&b=2"),
            ("secret=", "secret="),
            ("?access_token=T", "?access_token=[redacted]"),
            (
                "url=http%3A%2F%2Fh%3Faccess_token%3DT%26b",
                "url=http%3A%2F%2Fh%3Faccess_token%3D[redacted]%26b",
            ),
            (r#"{"access_token":"T","b":1}"#, r#"{"access_token":"[redacted]","b":1}"#),
            (r#"{"access_token" : "T\"x\\", "b":1}"#, r#"{"access_token" : "[redacted]", "b":1}"#),
            (r#"{"access_token":"cut"#, r#"{"access_token":"[redacted]"#),
            (r#"{"s":"{\"secret\":\"T\"}"}"#, r#"{"s":"{\"secret\":\"[redacted]\"}"}"#),
            (r#"{"password":12}"#, r#"{"password":[redacted]}"#),
            ("<AppSecret>T</AppSecret><a>b</a>", "<AppSecret>[redacted]</AppSecret><a>b</a>"),
            ("<Ticket><![CDATA[T<]]></Ticket>", "<Ticket><![CDATA[[redacted]]]></Ticket>"),
            ("Authorization: Bearer T, x", "Authorization: [redacted], x"),
            ("no secret here, 场", "no secret here, 场"),
            ("秘secret=场&", "秘secret=[redacted]&"),
        ] {
            assert_eq!(clean(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_texts_are_read_to_their_end() {
        for text in [
            "secret",
            "secret=\"",
            "secret\\\\\\",
            "<secret>",
            "<secret><![CDATA[",
            "secret%3",
            "secret:\\\"",
        ] {
            clean(text);
        }
    }
}
