use super::bounded::Sink;
use std::{borrow::Cow, ops::Range};

/// Keeps the text of the first `Encrypt` element below the root and nothing else.
pub(super) struct EncryptText<'a> {
    source: &'a str,
    text: Option<Cow<'a, str>>,
    depth: usize,
    is_inside: bool,
}

impl<'a> EncryptText<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, text: None, depth: 0, is_inside: false }
    }

    /// Without the blanks of senders that indent: base64 has none, and what is signed is the base64.
    pub(super) fn into_text(self) -> Option<Cow<'a, str>> {
        self.text.map(|text| match text {
            Cow::Borrowed(text) => text.trim_ascii().into(),
            Cow::Owned(text) => text.trim_ascii().to_owned().into(),
        })
    }
}

impl Sink for EncryptText<'_> {
    fn open(&mut self, name: &str) {
        self.is_inside = self.depth == 0 && self.text.is_none() && name == "Encrypt";
        if self.is_inside {
            self.text = Some(Cow::default());
        }
        self.depth += 1;
    }

    fn open_at(&mut self, name: Range<usize>) {
        self.open(&self.source[name]);
    }

    fn text(&mut self, text: &str) {
        if let Some(kept) = self.text.as_mut().filter(|_| self.is_inside) {
            kept.to_mut().push_str(text);
        }
    }

    fn text_at(&mut self, text: Range<usize>) {
        if let Some(kept) = self.text.as_mut().filter(|_| self.is_inside) {
            *kept += &self.source[text];
        }
    }

    fn close(&mut self) {
        self.is_inside = false;
        self.depth -= 1;
    }
}
