use super::exchange::RecordedRequest;
use crate::{json_difference::json_difference, secrets::without_numbers};
use bytes::Bytes;
use http::Uri;
use serde_json::Value;

/// What two requests must have in common to be taken for the same one. The values of credentials do not count, nor the
/// order of the query, nor how JSON is written, nor the headers.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    method: String,
    origin: String,
    path: String,
    query: Vec<(String, String)>,
    body: Content,
}

#[derive(Debug, PartialEq)]
enum Content {
    Json(Value),
    Other(Bytes),
}

impl Shape {
    /// Nothing if a person has changed the file into something that is no request.
    pub(super) fn of(request: &RecordedRequest) -> Option<Self> {
        let uri: Uri = request.url.parse().ok()?;
        let query = without_numbers(uri.query().unwrap_or_default());
        let mut query: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        query.sort();
        Some(Self {
            method: request.method.clone(),
            origin: format!("{}://{}", uri.scheme_str()?, uri.authority()?),
            path: without_numbers(uri.path()).into_owned(),
            query,
            body: Content::of(request.body.bytes()?),
        })
    }

    /// In what another one differs first, without its values: they may be secret.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        if self.method != other.method {
            return Some(format!("its method is {}", other.method));
        }
        if self.path != other.path {
            return Some("its path differs".to_owned());
        }
        if self.origin != other.origin {
            return Some("its host, port or scheme differs".to_owned());
        }
        if let Some(name) = differing_parameter(&self.query, &other.query) {
            return Some(format!("its query parameter {name} differs"));
        }
        match (&self.body, &other.body) {
            (Content::Json(one), Content::Json(other)) => {
                json_difference(one, other).map(|field| format!("its body differs at {field}"))
            }
            (one, other) => (one != other).then(|| "its body differs".to_owned()),
        }
    }
}

impl Content {
    fn of(bytes: Bytes) -> Self {
        let text = std::str::from_utf8(&bytes).map(without_numbers);
        match text {
            Ok(text) => match serde_json::from_str(&text) {
                Ok(json) => Self::Json(json),
                Err(_) => Self::Other(Bytes::copy_from_slice(text.as_bytes())),
            },
            Err(_) => Self::Other(bytes),
        }
    }
}

type Pairs = [(String, String)];

fn differing_parameter<'a>(one: &'a Pairs, other: &'a Pairs) -> Option<&'a str> {
    let missing = |from: &'a Pairs, pairs: &'a Pairs| pairs.iter().find(|pair| !from.contains(pair));
    let pair = missing(one, other).or_else(|| missing(other, one)).or_else(|| {
        // The same pairs, one of them more often.
        (one.len() != other.len()).then(|| one.first()).flatten()
    });
    pair.map(|(name, _)| name.as_str())
}
