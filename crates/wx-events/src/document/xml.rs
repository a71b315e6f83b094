use super::{
    Malformed,
    bounded::{Bounded, Sink},
};
use quick_xml::{
    Reader,
    errors::{Error, IllFormedError},
    events::{BytesStart, Event},
};

/// Reads an XML document in one pass, without DTD, entities of its own, namespaces or attributes.
///
/// Text is taken exactly, bare or CDATA, as any XML parser gives it: only line ends become `\n` (XML 1.0 §2.11), if
/// they are no references. Comments, processing instructions and the XML declaration are skipped; its encoding is
/// ignored, as the text is UTF-8 already.
pub(super) fn read<S: Sink>(text: &str, sink: &mut Bounded<'_, S>) -> Result<(), Malformed> {
    let mut reader = Reader::from_str(text);
    let mut walk = Walk { sink, depth: 0, has_root: false };
    loop {
        match reader.read_event().map_err(|error| malformed(&error, reader.error_position()))? {
            Event::Start(tag) => walk.open(&tag)?,
            Event::Empty(tag) => {
                walk.open(&tag)?;
                walk.close();
            }
            Event::End(_) => walk.close(),
            Event::Text(text) => walk.bare(&text.xml10_content())?,
            Event::CData(text) => walk.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => walk.reference(&reference.into_inner())?,
            Event::DocType(_) => return Err(Malformed::Doctype),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof => return walk.end(),
        }
    }
}

struct Walk<'s, 'l, S> {
    sink: &'s mut Bounded<'l, S>,
    /// Open elements, the root counted.
    depth: usize,
    has_root: bool,
}

impl<S: Sink> Walk<'_, '_, S> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Malformed> {
        let name = tag.name().into_inner();
        if !is_name(name) {
            return Err(Malformed::BadName);
        }
        if self.depth > 0 {
            self.sink.open(name)?;
        } else if std::mem::replace(&mut self.has_root, true) {
            return Err(Malformed::TwoRoots);
        }
        self.depth += 1;
        Ok(())
    }

    /// quick-xml has checked that the tags match, so something is open.
    fn close(&mut self) {
        self.depth -= 1;
        if self.depth > 0 {
            self.sink.close();
        }
    }

    /// Around the root, blanks are no text.
    fn bare(&mut self, text: &str) -> Result<(), Malformed> {
        if self.depth == 0 && text.chars().all(is_blank) { Ok(()) } else { self.text(text) }
    }

    fn text(&mut self, text: &str) -> Result<(), Malformed> {
        if self.depth == 0 {
            return Err(Malformed::OutsideRoot);
        }
        self.sink.text(text);
        Ok(())
    }

    fn reference(&mut self, name: &str) -> Result<(), Malformed> {
        match name {
            "amp" => self.text("&"),
            "lt" => self.text("<"),
            "gt" => self.text(">"),
            "quot" => self.text("\""),
            "apos" => self.text("'"),
            _ => {
                let number = name.strip_prefix('#').ok_or(Malformed::UnknownEntity)?;
                let character = numbered(number).ok_or(Malformed::BadReference)?;
                self.text(character.encode_utf8(&mut [0; 4]))
            }
        }
    }

    fn end(self) -> Result<(), Malformed> {
        match (self.has_root, self.depth) {
            (false, _) => Err(Malformed::NoRoot),
            (true, 0) => Ok(()),
            (true, _) => Err(Malformed::Truncated),
        }
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// The ASCII part of XML's rule for names; other characters are let through.
fn is_name(name: &str) -> bool {
    let is_inner =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'-' | b'.') || !b.is_ascii();
    let starts_well =
        name.bytes().next().is_some_and(|b| is_inner(b) && !matches!(b, b'0'..=b'9' | b'-' | b'.'));
    starts_well && name.bytes().all(is_inner)
}

/// The character of `#65` or `#x41`, given without the `#`.
fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
    let is_plain = digits.chars().all(|digit| digit.is_digit(radix));
    is_plain.then(|| u32::from_str_radix(digits, radix).ok()).flatten().and_then(char::from_u32)
}

fn malformed(error: &Error, at: u64) -> Malformed {
    match error {
        Error::Syntax(_) => Malformed::Truncated,
        Error::IllFormed(IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_)) => {
            Malformed::TagMismatch { at }
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => Malformed::UnknownEntity,
        _ => Malformed::Syntax { at },
    }
}
