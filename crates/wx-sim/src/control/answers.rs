use crate::{Answer, Attempt, Callback, CallbackCheck, Delivery, Entry, EntryKind, Error, UnknownMode};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// An error of a control route: a status and a sentence.
pub(super) struct Refused {
    status: StatusCode,
    sentence: String,
}

impl Refused {
    pub(super) fn body(error: &serde_json::Error) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            format!("the body is not the JSON this route takes: {error}; see GET /"),
        )
    }

    pub(super) fn mode(error: UnknownMode) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error.to_string())
    }

    pub(super) fn slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time; send it at once")
    }

    pub(super) fn long(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is longer than {most} bytes; send a shorter one"),
        )
    }

    pub(super) fn conflict(error: &Error) -> Self {
        let status = match error {
            Error::AlreadyFollowing | Error::NotFollowing | Error::ExpiredTicket | Error::NoCallback => {
                StatusCode::CONFLICT
            }
            Error::UnknownTicket | Error::UnknownPush => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::new(status, error.to_string())
    }

    fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status, sentence: sentence.into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        respond(self.status, &json!({ "error": self.sentence }))
    }
}

pub(super) async fn unknown_route() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "there is no such control route; GET / lists them")
}

pub(super) async fn wrong_method() -> Refused {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "this route takes another method; GET / lists them")
}

pub(super) async fn index() -> Response {
    text(INDEX)
}

pub(super) fn delivery_answer(delivery: &Delivery) -> Response {
    let push = &delivery.push;
    let body = json!({
        "push": {
            "number": push.number,
            "kind": push.kind,
            "openid": push.openid,
            "event_key": push.event_key,
            "xml": push.xml,
        },
        "succeeded": delivery.succeeded(),
        "reply": delivery.reply(),
        "attempts": delivery.attempts.iter().map(attempt).collect::<Vec<_>>(),
    });
    respond(StatusCode::OK, &body)
}

pub(super) fn callback_answer(callback: &Callback) -> Response {
    respond(StatusCode::OK, &json!({ "url": callback.url, "mode": callback.mode.name() }))
}

pub(super) fn check_answer(check: &CallbackCheck) -> Response {
    let received = check.answer.as_ref().map(answer);
    respond(StatusCode::OK, &json!({ "passed": check.passed, "echo": check.echo, "answer": received }))
}

pub(super) fn transcript_answer(entries: &[Entry]) -> Response {
    respond(StatusCode::OK, &entries.iter().map(entry).collect())
}

fn attempt(attempt: &Attempt) -> Value {
    json!({ "verdict": attempt.verdict.to_string(), "answer": attempt.answer.as_ref().map(answer) })
}

fn answer(answer: &Answer) -> Value {
    json!({ "status": answer.status, "body": answer.text(), "reply": answer.reply })
}

fn entry(entry: &Entry) -> Value {
    let mut value = match &entry.kind {
        EntryKind::Call { method, path, status, errcode, note } => {
            json!({ "call": { "method": method, "path": path, "status": status, "errcode": errcode, "note": note } })
        }
        EntryKind::Delivery { push, kind, event_key, openid, mode, attempt, verdict } => {
            json!({ "delivery": {
            "push": push, "kind": kind, "event_key": event_key, "openid": openid,
            "mode": mode.name(), "attempt": attempt, "verdict": verdict.to_string(),
        } })
        }
        EntryKind::Check { passed } => json!({ "check": { "passed": passed } }),
    };
    value["number"] = entry.number.into();
    value["time"] = entry.time.into();
    value["line"] = entry.to_string().into();
    value
}

fn respond(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(format!("{body}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn text(body: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

const INDEX: &str = "\
Simulator of the WeChat platform

The platform's own routes
  GET  /cgi-bin/token?grant_type=client_credential&appid=APPID&secret=SECRET
  POST /cgi-bin/stable_token              {\"grant_type\",\"appid\",\"secret\",\"force_refresh\"}
  POST /cgi-bin/qrcode/create?access_token=TOKEN
  GET  /cgi-bin/showqrcode?ticket=TICKET

What people do (answers hold the push, the attempts and what the receiver answered)
  POST /sim/scan         {\"openid\",\"ticket\"}    follows through the code when not following
  POST /sim/follow       {\"openid\"}             follows without a code
  POST /sim/unfollow     {\"openid\"}
  POST /sim/say          {\"openid\",\"text\"}
  All four take \"lose_answers\": how many answers the platform does not hear (the receiver gets retries).

What the operator does
  POST /sim/callback     {\"url\",\"mode\"}         mode: plain, compatible or safe; leave out what stays
  POST /sim/verify                              the GET with echostr
  POST /sim/redeliver    {\"push\"}               once more, by its number
  GET  /sim/transcript                          what went over the wire so far
";
