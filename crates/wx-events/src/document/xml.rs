//! XML in one pass, without DTD, entities of its own, namespaces or attributes.
//!
//! It is our own because a general reader alone costs more than all the rest of opening a push. The fuzz targets
//! hold it against `quick-xml`, so that no document reads otherwise than XML says.

mod text;

use super::{
    Malformed,
    bounded::{Bounded, Sink, is_forbidden},
};
use memchr::{memchr, memchr3};
use std::{mem, ops::Range};

/// Reads a document.
///
/// Text is taken exactly, bare or CDATA, as any XML parser gives it: only line ends become `\n` (XML 1.0 §2.11), if
/// they are no references; and characters that XML forbids are left out. Comments, processing instructions and the
/// XML declaration are skipped; its encoding is ignored, as the text is UTF-8 already.
pub(super) fn read<S: Sink>(source: &str, sink: &mut Bounded<'_, S>) -> Result<(), Malformed> {
    let bytes = source.as_bytes();
    let is_plain = !text::may_need_care(bytes);
    let mut walk =
        Walk { source, bytes, sink, is_plain, has_root: false, depth: 0, innermost: 0..0, outer: Vec::new() };
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        walk.bare(at..at + offset)?;
        at = walk.markup(at + offset)?;
    }
    walk.bare(at..bytes.len())?;
    walk.end()
}

struct Walk<'s, 'l, S> {
    source: &'s str,
    bytes: &'s [u8],
    sink: &'s mut Bounded<'l, S>,
    /// No text has anything to leave out or to replace but references.
    is_plain: bool,
    has_root: bool,
    /// Open elements, the root counted.
    depth: usize,
    /// The name of the innermost open element, and those of the elements around it.
    innermost: Range<usize>,
    outer: Vec<Range<usize>>,
}

impl<S: Sink> Walk<'_, '_, S> {
    /// Reads what begins with the `<` at `at` and says where it ends.
    fn markup(&mut self, at: usize) -> Result<usize, Malformed> {
        match self.bytes.get(at + 1) {
            Some(b'/') => self.end_tag(at),
            Some(b'!') => self.declaration(at),
            Some(b'?') => self.instruction(at),
            _ => self.start_tag(at),
        }
    }

    fn start_tag(&mut self, at: usize) -> Result<usize, Malformed> {
        let name = at + 1..self.skip(at + 1, is_name_byte);
        let next = *self.bytes.get(name.end).ok_or(Malformed::Truncated)?;
        if name.is_empty() || matches!(self.bytes[name.start], b'0'..=b'9' | b'-' | b'.') {
            return Err(Malformed::BadName);
        }
        let close = match next {
            b'>' => name.end,
            b'/' if self.bytes.get(name.end + 1).is_none_or(|next| *next == b'>') => name.end + 1,
            blank if is_blank(blank) => self.tag_close(name.end)?,
            _ => return Err(Malformed::BadName),
        };
        if !self.is_plain && self.source[name.clone()].contains(is_forbidden) {
            return Err(Malformed::BadName);
        }
        if close == self.bytes.len() {
            return Err(Malformed::Truncated);
        }
        self.sink.check_tag(close - name.start)?;
        let is_whole = close > name.end && self.bytes[close - 1] == b'/';
        self.open(name)?;
        if is_whole {
            self.close();
        }
        Ok(close + 1)
    }

    /// The `>` of the tag, attributes passed over: what stands in quotes does not end it.
    fn tag_close(&self, mut at: usize) -> Result<usize, Malformed> {
        let start = at;
        loop {
            at += memchr3(b'>', b'"', b'\'', &self.bytes[at..]).ok_or(Malformed::Truncated)?;
            let quote = self.bytes[at];
            if quote == b'>' {
                break;
            }
            at += 2 + memchr(quote, &self.bytes[at + 1..]).ok_or(Malformed::Truncated)?;
        }
        let has_tag_inside = memchr(b'<', &self.bytes[start..at]);
        has_tag_inside.map_or(Ok(at), |offset| Err(Malformed::Syntax { at: start + offset }))
    }

    fn end_tag(&mut self, at: usize) -> Result<usize, Malformed> {
        let name = &self.bytes[self.innermost.clone()];
        let rest = &self.bytes[at + 2..];
        if self.depth == 0 || !(rest.starts_with(name) || name.starts_with(rest)) {
            return Err(Malformed::TagMismatch { at });
        }
        let close = self.skip(at + 2 + name.len(), is_blank);
        match self.bytes.get(close) {
            Some(b'>') => self.close(),
            Some(_) => return Err(Malformed::TagMismatch { at }),
            None => return Err(Malformed::Truncated),
        }
        Ok(close + 1)
    }

    /// A comment, a CDATA section, or what no push has.
    fn declaration(&mut self, at: usize) -> Result<usize, Malformed> {
        let rest = &self.bytes[at..];
        if rest.starts_with(CDATA) {
            let end = self.find(at + CDATA.len(), b"]]>")?;
            self.exact(at + CDATA.len()..end)?;
            Ok(end + 3)
        } else if rest.starts_with(COMMENT) {
            Ok(self.find(at + COMMENT.len(), b"-->")? + 3)
        } else if rest.starts_with(DOCTYPE) {
            Err(Malformed::Doctype)
        } else if [CDATA, COMMENT, DOCTYPE].iter().any(|whole| whole.starts_with(rest)) {
            Err(Malformed::Truncated)
        } else {
            Err(Malformed::Syntax { at })
        }
    }

    /// A processing instruction or the XML declaration: nothing to us, but without a name it would be neither.
    fn instruction(&self, at: usize) -> Result<usize, Malformed> {
        match self.bytes.get(at + 2) {
            Some(first) if !is_name_byte(*first) => Err(Malformed::Syntax { at }),
            _ => Ok(self.find(at + 2, b"?>")? + 2),
        }
    }

    fn open(&mut self, name: Range<usize>) -> Result<(), Malformed> {
        if self.depth > 0 {
            self.sink.open_at(name.clone())?;
            self.outer.push(mem::replace(&mut self.innermost, name));
        } else if mem::replace(&mut self.has_root, true) {
            return Err(Malformed::TwoRoots);
        } else {
            self.innermost = name;
        }
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.innermost = self.outer.pop().unwrap_or_default();
        if self.depth > 0 {
            self.sink.close();
        }
    }

    /// Text between tags. Around the root, blanks are none.
    fn bare(&mut self, at: Range<usize>) -> Result<(), Malformed> {
        let bytes = &self.bytes[at.clone()];
        if self.depth == 0 {
            return if bytes.iter().copied().all(is_blank) { Ok(()) } else { Err(Malformed::OutsideRoot) };
        }
        match memchr(b'&', bytes) {
            None => self.exact(at),
            Some(_) => self.sink.text(&text::resolved(&self.source[at])?),
        }
    }

    /// Text in which nothing is replaced but line ends.
    fn exact(&mut self, at: Range<usize>) -> Result<(), Malformed> {
        if self.depth == 0 {
            Err(Malformed::OutsideRoot)
        } else if self.is_plain || !text::needs_care(&self.source[at.clone()]) {
            self.sink.text_at(at)
        } else {
            self.sink.text(&text::cleaned(&self.source[at]))
        }
    }

    fn end(self) -> Result<(), Malformed> {
        match (self.has_root, self.depth) {
            (false, _) => Err(Malformed::NoRoot),
            (true, 0) => Ok(()),
            (true, _) => Err(Malformed::Truncated),
        }
    }

    /// Where `mark`, which ends with `>`, begins.
    fn find(&self, from: usize, mark: &[u8]) -> Result<usize, Malformed> {
        let mut at = from;
        while let Some(offset) = memchr(b'>', &self.bytes[at..]) {
            at += offset + 1;
            if self.bytes[from..at].ends_with(mark) {
                return Ok(at - mark.len());
            }
        }
        Err(Malformed::Truncated)
    }

    fn skip(&self, from: usize, is_skipped: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !is_skipped(*byte)).unwrap_or(rest.len())
    }
}

const CDATA: &[u8] = b"<![CDATA[";
const COMMENT: &[u8] = b"<!--";
const DOCTYPE: &[u8] = b"<!DOCTYPE";

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The ASCII part of XML's rule for names; other characters are let through, but none that XML forbids everywhere.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || !byte.is_ascii()
}
