use super::bounded::Sink;

/// Keeps the text of the first `Encrypt` element below the root and nothing else.
#[derive(Default)]
pub(super) struct EncryptText {
    text: Option<String>,
    depth: usize,
    is_inside: bool,
}

impl EncryptText {
    /// Without the blanks of senders that indent: base64 has none, and what is signed is the base64.
    pub(super) fn into_text(self) -> Option<String> {
        self.text.map(|mut text| {
            text.truncate(text.trim_ascii_end().len());
            text.drain(..text.len() - text.trim_ascii_start().len());
            text
        })
    }
}

impl Sink for EncryptText {
    fn open(&mut self, name: &str) {
        self.is_inside = self.depth == 0 && self.text.is_none() && name == "Encrypt";
        if self.is_inside {
            self.text = Some(String::new());
        }
        self.depth += 1;
    }

    fn text(&mut self, text: &str) {
        if let Some(kept) = self.text.as_mut().filter(|_| self.is_inside) {
            kept.push_str(text);
        }
    }

    fn close(&mut self) {
        self.is_inside = false;
        self.depth -= 1;
    }
}
