use super::Malformed;
use crate::Limits;
use std::ops::Range;
use wx_model::FieldsBuilder;

/// Takes the elements of a document in their order. The root element itself is not among them, its text is.
///
/// Names and texts that stand in the document letter for letter come as ranges of it. Text beside other elements is
/// layout; a sink leaves it out.
pub(super) trait Sink {
    fn open(&mut self, name: &str);
    fn open_at(&mut self, name: Range<usize>);
    fn text(&mut self, text: &str);
    fn text_at(&mut self, text: Range<usize>);
    fn close(&mut self);
}

/// A sink behind the limits.
pub(super) struct Bounded<'l, S> {
    sink: S,
    limits: &'l Limits,
    depth: usize,
    elements: usize,
    /// Bytes of text since the last tag.
    text: usize,
}

impl<'l, S: Sink> Bounded<'l, S> {
    pub(super) fn new(sink: S, limits: &'l Limits) -> Self {
        Self { sink, limits, depth: 0, elements: 0, text: 0 }
    }

    pub(super) fn open(&mut self, name: &str) -> Result<(), Malformed> {
        self.check_tag(name.len())?;
        if name.contains(is_forbidden) {
            return Err(Malformed::BadName);
        }
        self.count_element()?;
        self.sink.open(name);
        Ok(())
    }

    pub(super) fn open_at(&mut self, name: Range<usize>) -> Result<(), Malformed> {
        self.count_element()?;
        self.sink.open_at(name);
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Malformed> {
        self.count_text(text.len())?;
        self.sink.text(text);
        Ok(())
    }

    pub(super) fn text_at(&mut self, text: Range<usize>) -> Result<(), Malformed> {
        self.count_text(text.len())?;
        self.sink.text_at(text);
        Ok(())
    }

    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.text = 0;
        self.sink.close();
    }

    pub(super) fn check_depth(&self, depth: usize) -> Result<(), Malformed> {
        if depth > self.limits.depth { Err(Malformed::Depth { limit: self.limits.depth }) } else { Ok(()) }
    }

    pub(super) fn check_tag(&self, bytes: usize) -> Result<(), Malformed> {
        if bytes > self.limits.tag { Err(Malformed::Tag { limit: self.limits.tag }) } else { Ok(()) }
    }

    /// One more element, or one more array of JSON: it is none, but thousands of empty ones would cost as much.
    pub(super) fn count(&mut self) -> Result<(), Malformed> {
        self.elements += 1;
        if self.elements > self.limits.elements {
            return Err(Malformed::Elements { limit: self.limits.elements });
        }
        Ok(())
    }

    pub(super) fn into_inner(self) -> S {
        self.sink
    }

    fn count_element(&mut self) -> Result<(), Malformed> {
        self.depth += 1;
        self.text = 0;
        self.check_depth(self.depth)?;
        self.count()
    }

    fn count_text(&mut self, bytes: usize) -> Result<(), Malformed> {
        self.text += bytes;
        if self.text > self.limits.text { Err(Malformed::Text { limit: self.limits.text }) } else { Ok(()) }
    }
}

/// A character that XML 1.0 allows nowhere, not even as a reference. In a text it is dropped wherever it comes from:
/// what a person typed must not make a push unreadable (protocol §7), and no database and no reply should meet it later.
/// Names are not typed, and to drop it would make another name, so there it is refused.
pub(crate) fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

impl Sink for FieldsBuilder {
    fn open(&mut self, name: &str) {
        self.open(name);
    }

    fn open_at(&mut self, name: Range<usize>) {
        self.open_at(name);
    }

    fn text(&mut self, text: &str) {
        self.text(text);
    }

    fn text_at(&mut self, text: Range<usize>) {
        self.text_at(text);
    }

    fn close(&mut self) {
        self.close();
    }
}
