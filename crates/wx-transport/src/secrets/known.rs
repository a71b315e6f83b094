use super::{forms::Forms, named};
use crate::Redaction;
use form_urlencoded::parse;
use http::HeaderMap;
use serde_json::Value;
use std::{borrow::Cow, collections::HashMap};

/// Shorter ones are replaced where they are named, and not wherever the same letters stand.
const SHORTEST: usize = 6;
const LONGER_THAN_WORDS: usize = 16;

/// The credentials that have come by, and what stands in their place.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    redaction: Redaction,
    /// With their numbers, in the order in which they were met: the first is `redacted-1`.
    known: HashMap<String, usize>,
    last: usize,
    forms: Forms,
}

impl Secrets {
    pub(crate) fn new(redaction: Redaction) -> Self {
        Self { redaction, ..Self::default() }
    }

    /// Takes this text for a credential.
    pub(crate) fn learn(&mut self, secret: &str) {
        let number = self.known.get(secret).copied().unwrap_or(self.last + 1);
        self.learn_as(secret, number);
    }

    fn learn_as(&mut self, secret: &str, number: usize) {
        if secret.is_empty() || self.known.contains_key(secret) {
            return;
        }
        self.last = self.last.max(number);
        self.known.insert(secret.to_owned(), number);
        if secret.len() >= SHORTEST {
            self.forms.add(secret, number);
        }
    }

    pub(crate) fn learn_query(&mut self, query: &str) {
        for (name, value) in parse(query.as_bytes()) {
            if self.redaction.hides_in_query(&name) {
                self.learn(&value);
            }
        }
    }

    pub(crate) fn learn_headers(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            if self.redaction.hides(name.as_str()) {
                self.learn_header(&String::from_utf8_lossy(value.as_bytes()));
            }
        }
    }

    /// `Bearer x`, `a=x; b=y`, but not the words between.
    fn learn_header(&mut self, value: &str) {
        for part in value.split([' ', ';', ',']) {
            let secret = part.split_once('=').map_or(part, |(_, secret)| secret);
            for secret in [part, secret].into_iter().filter(|secret| secret.len() >= LONGER_THAN_WORDS) {
                self.learn(secret);
            }
        }
    }

    pub(crate) fn learn_body(&mut self, body: &[u8]) {
        if let Ok(json) = serde_json::from_slice(body) {
            self.learn_json(&json, false);
        }
        // Of two fields of the same name, JSON keeps only one.
        self.learn_text(&String::from_utf8_lossy(body));
    }

    fn learn_json(&mut self, json: &Value, is_hidden: bool) {
        match json {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.learn_json(value, is_hidden || self.redaction.hides(name));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn_json(item, is_hidden)),
            Value::String(text) if is_hidden => self.learn(text),
            Value::String(text) => self.learn_text(text),
            Value::Number(number) if is_hidden => self.learn(&number.to_string()),
            _ => {}
        }
    }

    fn learn_text(&mut self, text: &str) {
        for value in named::values(text, |name| self.redaction.hides(name)) {
            let value = &text[value];
            let plain = plain(value);
            self.learn(&plain);
            if let Some(number) = self.known.get(&plain) {
                self.learn_as(value, *number);
            }
        }
    }
}

/// A value as it was before it was put into a string of JSON or a query.
fn plain(value: &str) -> String {
    if value.contains('\\') {
        serde_json::from_str(&format!("\"{value}\"")).unwrap_or_else(|_| value.to_owned())
    } else if value.contains('%') {
        parse(format!("x={value}").as_bytes())
            .next()
            .map_or_else(String::new, |(_, plain)| plain.into_owned())
    } else {
        value.to_owned()
    }
}

/// What is left without them.
impl Secrets {
    pub(crate) fn clean_query(&self, query: &str) -> String {
        let mut clean = Vec::new();
        for pair in query.split('&') {
            let (name, value) = parse(pair.as_bytes()).next().unwrap_or_default();
            clean.push(if self.redaction.hides_in_query(&name) && !value.is_empty() {
                let name = pair.split('=').next().unwrap_or_default();
                format!("{}={}", self.clean_text(name), self.placeholder(&value))
            } else {
                self.clean_known(pair)
            });
        }
        clean.join("&")
    }

    pub(crate) fn clean_header(&self, name: &str, value: &str) -> String {
        if self.redaction.hides(name) { "redacted".to_owned() } else { self.clean_text(value) }
    }

    /// JSON as it was written, as long as nothing is found in it that needs another way of writing.
    pub(crate) fn clean_body(&self, text: &str) -> String {
        let clean = self.clean_text(text);
        let Ok(json) = serde_json::from_str(text) else { return clean };
        let json = self.clean_json(json, false);
        // Names that are written in escapes are not seen in the text.
        let is_plain = !text.contains("\\u00");
        match serde_json::from_str::<Value>(&clean) {
            Ok(same) if is_plain && same == json => clean,
            _ => json.to_string(),
        }
    }

    pub(crate) fn clean_bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let (mut clean, mut at) = (Vec::with_capacity(bytes.len()), 0);
        while at < bytes.len() {
            if let Some((end, number)) = self.forms.at(bytes, at) {
                clean.extend_from_slice(placeholder(number).as_bytes());
                at = end;
            } else {
                clean.push(bytes[at]);
                at += 1;
            }
        }
        clean
    }

    /// Text of any kind: values that are named in it, and secrets wherever they stand.
    pub(crate) fn clean_text(&self, text: &str) -> String {
        let (mut clean, mut done) = (String::new(), 0);
        for value in named::values(text, |name| self.redaction.hides(name)) {
            clean.push_str(&text[done..value.start]);
            clean.push_str(&self.placeholder(&text[value.clone()]));
            done = value.end;
        }
        self.clean_known(&(clean + &text[done..]))
    }

    fn clean_known(&self, text: &str) -> String {
        // A secret may end within a character only if it was none of ours.
        String::from_utf8_lossy(&self.clean_bytes(text.as_bytes())).into_owned()
    }

    fn clean_json(&self, json: Value, is_hidden: bool) -> Value {
        match json {
            Value::Object(fields) => {
                let clean = |(name, value): (String, Value)| {
                    let value = self.clean_json(value, is_hidden || self.redaction.hides(&name));
                    (self.clean_text(&name), value)
                };
                Value::Object(fields.into_iter().map(clean).collect())
            }
            Value::Array(items) => items.into_iter().map(|item| self.clean_json(item, is_hidden)).collect(),
            Value::String(text) if is_hidden && !text.is_empty() => Value::String(self.placeholder(&text)),
            Value::String(text) => Value::String(self.clean_text(&text)),
            Value::Number(_) if is_hidden => Value::from(0),
            other => other,
        }
    }

    /// One that was never learned has no number.
    fn placeholder(&self, secret: &str) -> String {
        self.known.get(secret).map_or_else(|| "redacted".to_owned(), |number| placeholder(*number))
    }
}

fn placeholder(number: usize) -> String {
    format!("redacted-{number}")
}

/// Two recordings of the same calls may number their secrets in another order.
pub(crate) fn without_numbers(text: &str) -> Cow<'_, str> {
    const MARK: &str = "redacted-";
    if !text.contains(MARK) {
        return text.into();
    }
    let (mut clean, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(MARK) {
        clean.push_str(&rest[..at + MARK.len() - 1]);
        rest = rest[at + MARK.len()..].trim_start_matches(|char: char| char.is_ascii_digit());
    }
    (clean + rest).into()
}
