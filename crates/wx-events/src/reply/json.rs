use super::Writer;
use std::fmt::Write;

/// A JSON object of the same names and paths as the XML; groups of one name become an array.
pub(crate) struct JsonWriter(String);

impl JsonWriter {
    fn name(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.0.extend(["\"", name, "\":"]);
    }
}

impl Writer for JsonWriter {
    fn with_capacity(bytes: usize) -> Self {
        let mut json = String::with_capacity(bytes);
        json.push('{');
        Self(json)
    }

    fn text(&mut self, name: &str, text: &str) {
        self.name(name);
        write!(self.0, "{}", serde_json::Value::from(text)).expect("a String takes every text");
    }

    fn plain(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        self.name(name);
        self.0.push('"');
        write(&mut self.0);
        self.0.push('"');
    }

    fn number(&mut self, name: &str, number: i64) {
        self.name(name);
        self.0.push_str(itoa::Buffer::new().format(number));
    }

    fn open(&mut self, name: &str) {
        self.name(name);
        self.0.push('{');
    }

    fn close(&mut self, _name: &str) {
        self.0.push('}');
    }

    /// A single one is an object, as when the platform's own XML is turned into JSON.
    fn groups<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Self, &T)) {
        if let [item] = items {
            self.open(name);
            write(self, item);
            self.close(name);
            return;
        }
        self.name(name);
        for (index, item) in items.iter().enumerate() {
            self.0.push_str(if index == 0 { "[{" } else { ",{" });
            write(self, item);
            self.close(name);
        }
        self.0.push(']');
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
