use super::Malformed;
use crate::Limits;
use wx_model::FieldsBuilder;

/// Takes the elements of a document in their order. The root element itself is not among them, its text is.
///
/// Text beside other elements is layout; a sink leaves it out.
pub(super) trait Sink {
    fn open(&mut self, name: &str);
    fn text(&mut self, text: &str);
    fn close(&mut self);
}

/// A sink behind the limits. It also drops the characters that XML forbids (protocol §7: what a person typed must
/// not make a push unreadable), so that no database and no reply meets them later.
pub(super) struct Bounded<'l, S> {
    sink: S,
    limits: &'l Limits,
    depth: usize,
    elements: usize,
}

impl<'l, S: Sink> Bounded<'l, S> {
    pub(super) fn new(sink: S, limits: &'l Limits) -> Self {
        Self { sink, limits, depth: 0, elements: 0 }
    }

    pub(super) fn open(&mut self, name: &str) -> Result<(), Malformed> {
        self.depth += 1;
        self.elements += 1;
        self.check_depth(self.depth)?;
        if self.elements > self.limits.elements {
            return Err(Malformed::Elements { limit: self.limits.elements });
        }
        if name.len() > self.limits.name {
            return Err(Malformed::NameLength { limit: self.limits.name });
        }
        self.sink.open(name);
        Ok(())
    }

    pub(super) fn check_depth(&self, depth: usize) -> Result<(), Malformed> {
        if depth > self.limits.depth { Err(Malformed::Depth { limit: self.limits.depth }) } else { Ok(()) }
    }

    pub(super) fn text(&mut self, text: &str) {
        if text.bytes().any(may_begin_forbidden) {
            text.split(is_forbidden).for_each(|piece| self.sink.text(piece));
        } else {
            self.sink.text(text);
        }
    }

    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.sink.close();
    }

    pub(super) fn into_inner(self) -> S {
        self.sink
    }
}

/// A character that XML 1.0 allows nowhere, not even as a reference.
pub(crate) fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A quick look at bytes, so that ordinary text is not taken apart into characters.
fn may_begin_forbidden(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xef
}

impl Sink for FieldsBuilder {
    fn open(&mut self, name: &str) {
        self.open(name);
    }

    fn text(&mut self, text: &str) {
        self.text(text);
    }

    fn close(&mut self) {
        self.close();
    }
}
