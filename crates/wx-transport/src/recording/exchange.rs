use super::body::{self, Body};
use crate::{TransportError, TransportErrorKind, secrets::Secrets};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Uri, header::CONTENT_ENCODING,
};
use serde::{Deserialize, Serialize};

/// One request and what became of it, as it was, credentials and all.
pub(super) struct Seen {
    pub(super) request: Request<Bytes>,
    pub(super) outcome: Result<Response<Bytes>, TransportErrorKind>,
}

/// The same without credentials, as it stands in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub(super) request: RecordedRequest,
    pub(super) outcome: Outcome,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordedRequest {
    pub(super) method: String,
    pub(super) url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Vec<String>,
    #[serde(default, skip_serializing_if = "Body::is_empty")]
    pub(super) body: Body,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Answer {
        status: u16,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        headers: Vec<String>,
        #[serde(default, skip_serializing_if = "Body::is_empty")]
        body: Body,
    },
    /// The name of a kind of error.
    Error(String),
}

impl Seen {
    /// Learns all credentials that can be told by their names.
    pub(super) fn teach(&self, secrets: &mut Secrets) {
        learn_request(secrets, &self.request);
        if let Ok(answer) = &self.outcome {
            secrets.learn_headers(answer.headers());
            body::learn(secrets, answer.headers(), answer.body());
        }
    }

    pub(super) fn clean(&self, secrets: &Secrets) -> Exchange {
        let outcome = match &self.outcome {
            Ok(answer) => Outcome::Answer {
                status: answer.status().as_u16(),
                headers: clean_headers(secrets, answer.headers()),
                body: Body::clean(secrets, answer.headers(), answer.body()),
            },
            Err(kind) => Outcome::Error(kind.name().to_owned()),
        };
        Exchange { request: RecordedRequest::clean(secrets, &self.request), outcome }
    }

    /// Whether credentials may hide in it.
    pub(super) fn is_compressed(&self) -> bool {
        let is_compressed =
            |headers: &HeaderMap| headers.get(CONTENT_ENCODING).is_some_and(|name| name != "identity");
        is_compressed(self.request.headers())
            || self
                .outcome
                .as_ref()
                .is_ok_and(|answer| is_compressed(answer.headers()) && !answer.body().is_empty())
    }
}

pub(super) fn learn_request(secrets: &mut Secrets, request: &Request<Bytes>) {
    secrets.learn_query(request.uri().query().unwrap_or_default());
    secrets.learn_headers(request.headers());
    body::learn(secrets, request.headers(), request.body());
}

impl RecordedRequest {
    pub(super) fn clean(secrets: &Secrets, request: &Request<Bytes>) -> Self {
        Self {
            method: request.method().to_string(),
            url: clean_url(secrets, request.uri()),
            headers: clean_headers(secrets, request.headers()),
            body: Body::clean(secrets, request.headers(), request.body()),
        }
    }
}

/// Without the user name and password that an address may begin with.
fn clean_url(secrets: &Secrets, uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or("http");
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit('@').next().unwrap_or_default();
    let path = secrets.clean_text(uri.path());
    let query = uri.query().map(|query| format!("?{}", secrets.clean_query(query)));
    format!("{scheme}://{}{path}{}", secrets.clean_text(host), query.unwrap_or_default())
}

/// As `name: value`. Headers that are no text are left out.
fn clean_headers(secrets: &Secrets, headers: &HeaderMap) -> Vec<String> {
    let texts = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    texts.map(|(name, value)| format!("{name}: {}", secrets.clean_header(name, value))).collect()
}

impl Outcome {
    /// What is answered. Nothing if a person has changed the file into something that is no answer.
    pub(super) fn play(&self) -> Option<Result<Response<Bytes>, TransportError>> {
        match self {
            Self::Error(name) => {
                let kind = TransportErrorKind::ALL.iter().find(|kind| kind.name() == name)?;
                Some(Err(TransportError::new(*kind).with_source("so it was recorded")))
            }
            Self::Answer { status, headers, body } => {
                let mut response = Response::new(body.bytes()?);
                *response.status_mut() = StatusCode::from_u16(*status).ok()?;
                for header in headers {
                    let (name, value) = header.split_once(": ")?;
                    let name = HeaderName::try_from(name).ok()?;
                    response.headers_mut().append(name, HeaderValue::try_from(value).ok()?);
                }
                Some(Ok(response))
            }
        }
    }
}
