use super::Writer;
use crate::document::is_forbidden;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// XML without blanks between the elements: texts as CDATA, numbers bare.
pub(crate) struct XmlWriter(String);

impl Writer for XmlWriter {
    fn with_capacity(bytes: usize) -> Self {
        let mut xml = String::with_capacity(bytes);
        xml.push_str("<xml>");
        Self(xml)
    }

    #[inline]
    fn text(&mut self, name: &str, text: &str) {
        self.open(name);
        write_cdata(&mut self.0, text);
        self.close(name);
    }

    #[inline]
    fn plain(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        self.open(name);
        self.0.push_str("<![CDATA[");
        write(&mut self.0);
        self.0.push_str("]]>");
        self.close(name);
    }

    #[inline]
    fn number(&mut self, name: &str, number: i64) {
        self.open(name);
        self.0.push_str(itoa::Buffer::new().format(number));
        self.close(name);
    }

    #[inline]
    fn open(&mut self, name: &str) {
        self.0.push('<');
        self.0.push_str(name);
        self.0.push('>');
    }

    #[inline]
    fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    fn groups<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Self, &T)) {
        for item in items {
            self.open(name);
            write(self, item);
            self.close(name);
        }
    }

    fn finish(mut self) -> String {
        self.0.push_str("</xml>");
        self.0
    }
}

/// `]]>` would end the section, so it is split over two; what XML forbids is dropped, before that could join a `]]>`.
fn write_cdata(xml: &mut String, text: &str) {
    let text = allowed(text);
    xml.push_str("<![CDATA[");
    if memchr(b']', text.as_bytes()).is_some() {
        xml.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
    } else {
        xml.push_str(&text);
    }
    xml.push_str("]]>");
}

fn allowed(text: &str) -> Cow<'_, str> {
    if may_hold_forbidden(text.as_bytes()) { text.replace(is_forbidden, "").into() } else { text.into() }
}

/// A quick look at bytes, so that ordinary text is not taken apart into characters. No branch inside the first loop,
/// so that it looks at many bytes at once.
fn may_hold_forbidden(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\n' && byte != b'\r';
    let has_control = bytes.iter().fold(false, |found, byte| found | is_control(*byte));
    // The other two, U+FFFE and U+FFFF, begin with the bytes ef bf, which are rare even in Chinese.
    has_control || memchr_iter(0xef, bytes).any(|place| bytes.get(place + 1) == Some(&0xbf))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_exactly_the_forbidden_characters() {
        for character in '\0'..=char::MAX {
            let text = format!("a{character}b");
            let expected = if is_forbidden(character) { "ab" } else { &text };
            assert_eq!(allowed(&text), expected, "{character:?}");
        }
    }
}
