use super::Refusal;
use bytes::Bytes;
use http::Method;
use serde::{Serialize, de::DeserializeOwned};
use std::net::IpAddr;

/// A call as it came.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Bytes,
    /// Whom the platform takes for the caller.
    pub(super) caller: IpAddr,
}

/// What a granted call answers, and a line for the transcript.
pub(super) struct Grant {
    pub(super) body: String,
    pub(super) note: String,
}

/// `{"errcode":0,"errmsg":"ok"}` and what else a call answers.
#[derive(Serialize)]
pub(super) struct Done<T: Serialize> {
    errcode: i32,
    errmsg: &'static str,
    #[serde(flatten)]
    more: T,
}

#[derive(Serialize)]
struct Nothing {}

impl Call {
    /// A query parameter; an empty one counts as missing.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name)?;
        Some(found.1.as_str()).filter(|value| !value.is_empty())
    }

    /// The body as JSON, whatever its label says (protocol §1.6): 44002 for none, 47001 for any other.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if self.body.trim_ascii().is_empty() {
            return Err(Refusal::EMPTY_POST_DATA);
        }
        serde_json::from_slice(&self.body).map_err(|_| Refusal::DATA_FORMAT)
    }
}

impl Grant {
    pub(super) fn json(body: &impl Serialize, note: impl Into<String>) -> Self {
        let body = serde_json::to_string(body).expect("answers are plain data with text keys");
        Self { body, note: note.into() }
    }

    /// `{"errcode":0,"errmsg":"ok"}`.
    pub(super) fn done(note: impl Into<String>) -> Self {
        Self::json(&Done::with(Nothing {}), note)
    }
}

impl<T: Serialize> Done<T> {
    pub(super) fn with(more: T) -> Self {
        Self { errcode: 0, errmsg: "ok", more }
    }
}

/// A field that is absent, null or empty counts as missing.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}
