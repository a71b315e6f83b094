//! The platform's own routes. Every JSON call goes through [`call`], where faults will stand; each is counted
//! ([`Platform::spend`]) once its credentials hold.

mod credentials;
mod qrcode_create;
mod refusal;
mod showqrcode;
mod stable_token;
mod token;

use crate::{platform::Platform, transcript::EntryKind};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::Response,
    routing::{MethodRouter, any, get},
};
use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header};
use refusal::Refusal;
use std::{sync::Arc, time::Duration};

/// The routes of `api.weixin.qq.com` and `mp.weixin.qq.com`.
pub(crate) fn router(platform: Arc<Platform>) -> Router {
    Router::new()
        .route("/cgi-bin/token", call(token::token))
        .route("/cgi-bin/stable_token", call(stable_token::stable_token))
        .route("/cgi-bin/qrcode/create", call(qrcode_create::qrcode_create))
        .route("/cgi-bin/showqrcode", get(showqrcode::showqrcode))
        .fallback_service(call(|_, _| Err(Refusal::INVALID_URL)).with_state(Arc::clone(&platform)))
        .with_state(platform)
}

/// A JSON call as it came.
struct Call {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Bytes,
}

/// What a granted call answers, and a line for the transcript.
struct Grant {
    body: String,
    note: String,
}

type Endpoint = fn(&Platform, &Call) -> Result<Grant, Refusal>;

impl Call {
    /// A query parameter; an empty one counts as missing.
    fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name)?;
        Some(found.1.as_str()).filter(|value| !value.is_empty())
    }
}

/// Longer bodies are refused before they are read to the end.
const LONGEST_BODY: usize = 64 * 1024;
const BODY_LIMIT: Duration = Duration::from_secs(10);
/// An unknown path in the transcript is cut to so many characters.
const LONGEST_PATH: usize = 100;

fn call(endpoint: Endpoint) -> MethodRouter<Arc<Platform>> {
    any(move |State(platform): State<Arc<Platform>>, request: Request| async move {
        let method = request.method().clone();
        let path = request.uri().path().chars().take(LONGEST_PATH).collect::<String>();
        let granted = match read(request, &path).await {
            Some(call) => endpoint(&platform, &call),
            None => Err(Refusal::DATA_FORMAT),
        };
        record(&platform, &method, path, &granted);
        respond(&platform, granted)
    })
}

async fn read(request: Request, path: &str) -> Option<Call> {
    let (parts, body) = request.into_parts();
    let query = parse_query(parts.uri.query().unwrap_or_default());
    let body = tokio::time::timeout(BODY_LIMIT, to_bytes(body, LONGEST_BODY)).await.ok()?.ok()?;
    Some(Call { method: parts.method, path: path.to_owned(), query, body })
}

fn parse_query(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn record(platform: &Platform, method: &Method, path: String, granted: &Result<Grant, Refusal>) {
    let (errcode, note) = match granted {
        Ok(grant) => (0, grant.note.clone()),
        Err(refusal) => (refusal.errcode, refusal.errmsg.to_owned()),
    };
    platform.transcript.add(EntryKind::Call { method: method.to_string(), path, status: 200, errcode, note });
}

/// Status 200 in either case; refusals are labelled `text/plain`, as the platform sometimes does (protocol §1.6).
fn respond(platform: &Platform, granted: Result<Grant, Refusal>) -> Response {
    let (kind, body) = match granted {
        Ok(grant) => ("application/json; encoding=utf-8", grant.body),
        Err(refusal) => ("text/plain; charset=utf-8", refusal.body(platform)),
    };
    answer(StatusCode::OK, kind, body)
}

fn answer(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
