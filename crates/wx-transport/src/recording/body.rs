use crate::secrets::Secrets;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A body as it stands in a file: as readable as it can be, and exact.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Body {
    #[default]
    Empty,
    /// Byte for byte as it was written.
    Json(Box<RawValue>),
    Text(String),
    Base64(String),
}

impl Body {
    pub(super) fn clean(secrets: &Secrets, headers: &HeaderMap, body: &Bytes) -> Self {
        let Ok(text) = std::str::from_utf8(body) else {
            return Self::Base64(STANDARD.encode(secrets.clean_bytes(body)));
        };
        Self::from(if is_form(headers) { secrets.clean_query(text) } else { secrets.clean_body(text) })
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Nothing if it is no base64.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        Some(match self {
            Self::Empty => Bytes::new(),
            Self::Json(json) => Bytes::copy_from_slice(json.get().as_bytes()),
            Self::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            Self::Base64(text) => STANDARD.decode(text).ok()?.into(),
        })
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        if text.is_empty() {
            return Self::Empty;
        }
        match serde_json::from_str::<&RawValue>(&text) {
            // A value of JSON knows nothing of the blanks around it.
            Ok(json) if json.get().len() == text.len() => Self::Json(json.to_owned()),
            _ => Self::Text(text),
        }
    }
}

/// Learns the credentials in a body.
pub(super) fn learn(secrets: &mut Secrets, headers: &HeaderMap, body: &Bytes) {
    match std::str::from_utf8(body) {
        Ok(text) if is_form(headers) => secrets.learn_query(text),
        _ => secrets.learn_body(body),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    const FORM: &[u8] = b"application/x-www-form-urlencoded";
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(FORM))
}
