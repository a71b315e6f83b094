use super::SentRequest;
use crate::{
    Redaction,
    json_difference::{json_difference, missing_json},
};
use bytes::Bytes;
use http::{HeaderName, Method};
use serde_json::Value;
use std::fmt;

/// Which requests an answer of a [`MockTransport`](crate::MockTransport) is meant for.
///
/// It prints itself as a test may show it: without the values of credentials (see [`Redaction`]) and without bodies.
#[derive(Clone, Default)]
pub struct Matcher {
    method: Option<Method>,
    path: Option<String>,
    query: Vec<(String, Option<String>)>,
    headers: Vec<(HeaderName, String)>,
    body: Option<Expected>,
}

#[derive(Clone)]
enum Expected {
    Json(Value),
    JsonPart(Value),
    Bytes(Bytes),
}

impl Matcher {
    /// Accepts every request.
    pub fn any() -> Self {
        Self::default()
    }

    /// Accepts requests with this method and path, such as `/cgi-bin/token`.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method: Some(method), path: Some(path.into()), ..Self::default() }
    }

    /// Accepts GET with this path.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Accepts POST with this path.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// Accepts any method with this path.
    pub fn path(path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// And with this query parameter. The value is compared after decoding.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), Some(value.into())));
        self
    }

    /// And with a query parameter of this name, whatever its value.
    pub fn has_query(mut self, name: impl Into<String>) -> Self {
        self.query.push((name.into(), None));
        self
    }

    /// And with this header.
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// And with a body that is this value as JSON, in whatever way it is written.
    pub fn json(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(Expected::Json(body.into()));
        self
    }

    /// And with a body of JSON that has at least these fields with these values.
    pub fn json_with(mut self, part: impl Into<Value>) -> Self {
        self.body = Some(Expected::JsonPart(part.into()));
        self
    }

    /// And with exactly this body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(Expected::Bytes(body.into()));
        self
    }

    /// Why it does not accept the request; nothing if it does.
    pub(super) fn mismatch(&self, request: &SentRequest) -> Option<String> {
        if self.method.as_ref().is_some_and(|method| *method != request.method) {
            return Some("the method differs".to_owned());
        }
        if self.path.as_ref().is_some_and(|path| path != request.path()) {
            return Some("the path differs".to_owned());
        }
        self.mismatch_of_query(request)
            .or_else(|| self.mismatch_of_headers(request))
            .or_else(|| self.body.as_ref()?.mismatch(&request.body))
    }

    fn mismatch_of_query(&self, request: &SentRequest) -> Option<String> {
        let (name, _) = self.query.iter().find(|(name, expected)| match request.query_value(name) {
            Some(value) => expected.as_ref().is_some_and(|expected| *expected != value),
            None => true,
        })?;
        Some(format!("the query parameter {name} differs"))
    }

    fn mismatch_of_headers(&self, request: &SentRequest) -> Option<String> {
        let has =
            |name, expected: &String| request.headers.get_all(name).iter().any(|value| value == expected);
        let (name, _) = self.headers.iter().find(|(name, expected)| !has(name, expected))?;
        Some(format!("the header {name} differs"))
    }
}

impl Expected {
    fn mismatch(&self, body: &Bytes) -> Option<String> {
        let json = || serde_json::from_slice(body).ok();
        let difference = match self {
            Self::Bytes(expected) => return (expected != body).then(|| "the body differs".to_owned()),
            Self::Json(expected) => json().map(|json| json_difference(expected, &json)),
            Self::JsonPart(expected) => json().map(|json| missing_json(expected, &json)),
        };
        match difference {
            None => Some("its body is no JSON".to_owned()),
            Some(place) => place.map(|place| format!("its JSON differs at {place}")),
        }
    }
}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path) = (self.method.as_ref().map(Method::as_str), self.path.as_deref());
        match (method, path) {
            (None, None) => f.write_str("any request")?,
            (method, path) => write!(f, "{} {}", method.unwrap_or("any method"), path.unwrap_or("any path"))?,
        }
        for (index, (name, value)) in self.query.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            match value.as_deref() {
                Some(_) if Redaction::default().hides_in_query(name) => write!(f, "{mark}{name}=[redacted]")?,
                value => write!(f, "{mark}{name}={}", value.unwrap_or("…"))?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Matcher({self})")
    }
}
