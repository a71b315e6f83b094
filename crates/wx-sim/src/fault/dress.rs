use super::{Fault, Kind, pieces::Pieces};
use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use std::time::Duration;

/// An answer of the platform, before anything goes wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Stands in the extensions of a response in place of which the connection is reset.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Broken;

impl Reply {
    pub(crate) fn new(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Self {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
        Self { status, headers, body: body.into() }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let body = Body::from(self.body.clone());
        self.carrying(body)
    }

    fn carrying(self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

impl Fault {
    /// The errcode that takes the place of what the platform decided, if it does.
    pub(crate) fn refusal(&self) -> Option<i32> {
        match self.kind {
            Kind::Errcode(code) | Kind::ErrcodeText(code) if code != 0 => Some(code),
            _ => None,
        }
    }

    /// The status that goes over the wire, if one does.
    pub(crate) fn status_on_wire(&self, true_status: StatusCode) -> Option<StatusCode> {
        match &self.kind {
            Kind::Timeout | Kind::Reset => None,
            Kind::Status(status) => StatusCode::from_u16(*status).ok(),
            Kind::Redirect(_) => Some(StatusCode::FOUND),
            Kind::Html | Kind::Empty => Some(StatusCode::OK),
            _ => Some(true_status),
        }
    }

    /// Sends the answer as this fault lets it.
    pub(crate) async fn dress(&self, mut reply: Reply) -> Response {
        match &self.kind {
            Kind::Errcode(_) => reply.into_response(),
            Kind::ErrcodeText(_) => {
                reply.body = errcode_as_text(&reply.body);
                reply.into_response()
            }
            Kind::Status(status) => page(*status).into_response(),
            Kind::Timeout => {
                tokio::time::sleep(HOLD).await;
                broken()
            }
            Kind::Reset => broken(),
            Kind::CutJson => {
                reply.body.truncate(reply.body.len() / 2);
                reply.into_response()
            }
            Kind::CutBody => cut_body(reply),
            Kind::Html => page(200).into_response(),
            Kind::Empty => Reply::new(StatusCode::OK, JSON, "").into_response(),
            Kind::Drip => {
                let body = Body::new(Pieces::of(&reply.body, 1, SECOND));
                reply.carrying(body)
            }
            Kind::Huge => {
                let body = Body::new(Pieces::behind(BLANKS, &reply.body));
                reply.carrying(body)
            }
            Kind::Redirect(to) => {
                let location = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
                Reply::new(StatusCode::FOUND, HTML, "").with(header::LOCATION, location).into_response()
            }
            Kind::Delay(duration) => {
                tokio::time::sleep(*duration).await;
                reply.into_response()
            }
        }
    }
}

/// Longer than any caller waits, and an end for callers that wait for ever.
const HOLD: Duration = Duration::from_mins(10);
const SECOND: Duration = Duration::from_secs(1);
const BLANKS: usize = 10_000_000;
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; encoding=utf-8";

fn page(status: u16) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let reason = status.canonical_reason().unwrap_or("Error");
    Reply::new(status, HTML, format!("<!DOCTYPE html><title>{reason}</title><h1>{reason}</h1>\n"))
}

fn broken() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Broken);
    response
}

fn cut_body(reply: Reply) -> Response {
    let body = Body::new(Pieces::half(&reply.body));
    reply.carrying(body)
}

/// The first number behind `"errcode":` in quotes; where there is none, `"errcode":"0"` comes in front.
fn errcode_as_text(body: &Bytes) -> Bytes {
    let Ok(text) = str::from_utf8(body) else { return body.clone() };
    let spoiled = match text.split_once("\"errcode\":") {
        Some((before, after)) => {
            let digits = after.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(after.len());
            let (number, rest) = after.split_at(digits);
            format!("{before}\"errcode\":\"{number}\"{rest}")
        }
        None => text.replacen('{', "{\"errcode\":\"0\",", 1),
    };
    Bytes::from(spoiled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_errcode_becomes_a_text() {
        for (body, expected) in [
            (r#"{"errcode":45009,"errmsg":"x"}"#, r#"{"errcode":"45009","errmsg":"x"}"#),
            (r#"{"errcode":-1}"#, r#"{"errcode":"-1"}"#),
            (r#"{"ticket":"a"}"#, r#"{"errcode":"0","ticket":"a"}"#),
        ] {
            assert_eq!(errcode_as_text(&Bytes::from_static(body.as_bytes())), expected);
        }
    }
}
