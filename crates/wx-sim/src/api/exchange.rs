use super::{Call, Endpoint, Refusal, admission::admit, http_date::http_date, showqrcode};
use crate::{
    fault::{Fault, Reply},
    platform::{Account, Platform, Request as RefusedRequest, Rids},
    serve::Peer,
    transcript::{EntryKind, redact_body, redact_path, redact_query},
};
use axum::{body::to_bytes, extract::Request, response::Response};
use bytes::Bytes;
use http::{Method, StatusCode, header::DATE};
use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

/// What a path leads to.
#[derive(Clone, Copy)]
pub(super) enum Target {
    Json(&'static Endpoint),
    Picture,
    Nothing,
}

/// What the platform decided about a call.
pub(super) struct Decision {
    pub(super) errcode: i32,
    pub(super) note: String,
    pub(super) reply: Reply,
}

/// Longer bodies are refused before they are read to the end.
const LONGEST_BODY: usize = 64 * 1024;
const BODY_LIMIT: Duration = Duration::from_secs(10);

/// Carries a call through: a fault may strike it before or after the platform does what it asks for.
pub(super) async fn exchange(platform: &Platform, target: Target, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let call = read(platform, request).await;
    let fault = platform.faults.strike(&path);
    let decision = match &fault {
        Some(fault) if !fault.has_effect() => None,
        _ => Some(decide(platform, target, &call)),
    };
    let decision = match fault.as_ref().and_then(Fault::refusal) {
        Some(code) => Some(refused(platform, &call, &Refusal::of(code))),
        None => decision,
    };
    record(platform, &path, &call, decision.as_ref(), fault.as_ref());
    let reply = decision.map_or_else(|| Reply::new(StatusCode::OK, REFUSED, ""), |decision| decision.reply);
    let mut response = match fault {
        Some(fault) => fault.dress(reply).await,
        None => reply.into_response(),
    };
    // Callers compare their own clock with it.
    if let Some(date) = http_date(platform.clock.now()) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

async fn read(platform: &Platform, request: Request) -> Call {
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |Peer(address)| *address);
    let caller = platform.account().options.caller_ip.unwrap_or(peer);
    let query = parse_query(parts.uri.query().unwrap_or_default());
    let body = tokio::time::timeout(BODY_LIMIT, to_bytes(body, LONGEST_BODY)).await;
    // What is too long or too slow reads as no text at all.
    let body = body.ok().and_then(Result::ok).unwrap_or(Bytes::from_static(b"\xff"));
    Call { method: parts.method, query, body, caller }
}

fn parse_query(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn decide(platform: &Platform, target: Target, call: &Call) -> Decision {
    let granted = match target {
        Target::Picture => return showqrcode::decide(platform, call),
        Target::Nothing => Err(Refusal::INVALID_URL),
        Target::Json(endpoint) => {
            let mut account = platform.account();
            let account = &mut *account;
            admit(account, endpoint, call).and_then(|()| (endpoint.run)(account, call))
        }
    };
    match granted {
        Ok(grant) => {
            Decision { errcode: 0, note: grant.note, reply: Reply::new(StatusCode::OK, GRANTED, grant.body) }
        }
        Err(refusal) => refused(platform, call, &refusal),
    }
}

const GRANTED: &str = "application/json; encoding=utf-8";
/// The label that the platform sometimes gives to refusals (protocol §1.6).
const REFUSED: &str = "text/plain; charset=utf-8";

/// Status 200, and a body that ends in a request id, under which the call can be looked up.
fn refused(platform: &Platform, call: &Call, refusal: &Refusal) -> Decision {
    let mut account = platform.account();
    let rid = Rids::draw(account.now, &platform.random);
    let body = refusal.body(&rid);
    let request = remembered(&account, call, body.clone());
    account.rids.remember(rid, request);
    Decision {
        errcode: refusal.errcode,
        note: refusal.errmsg.to_string(),
        reply: Reply::new(StatusCode::OK, REFUSED, body),
    }
}

fn remembered(account: &Account, call: &Call, answer: String) -> RefusedRequest {
    RefusedRequest {
        time: account.now,
        query: redact_query(&call.query, account),
        body: redact_body(&String::from_utf8_lossy(&call.body), account),
        answer,
        caller: call.caller.to_string(),
    }
}

fn record(platform: &Platform, path: &str, call: &Call, decision: Option<&Decision>, fault: Option<&Fault>) {
    let status = decision.map_or(StatusCode::OK, |decision| decision.reply.status);
    let on_wire = fault.map_or(Some(status), |fault| fault.status_on_wire(status));
    let account = platform.account();
    let answer = decision.map_or("".into(), |decision| answer_text(&decision.reply));
    let entry = EntryKind::Call {
        method: method_text(&call.method),
        path: redact_path(path, &*account),
        query: redact_query(&call.query, &*account),
        body: redact_body(&String::from_utf8_lossy(&call.body), &*account),
        status: on_wire.map_or(0, |status| status.as_u16()),
        errcode: decision.map(|decision| decision.errcode),
        note: decision.map_or(String::new(), |decision| decision.note.clone()),
        fault: fault.map(fault_text),
        answer: redact_body(&answer, &*account),
    };
    drop(account);
    platform.transcript.add(entry);
}

fn method_text(method: &Method) -> String {
    method.as_str().chars().take(20).collect()
}

fn fault_text(fault: &Fault) -> String {
    let when = if fault.has_effect() { ", after the effect" } else { "" };
    format!("{fault}{when}")
}

/// Pictures are no text.
fn answer_text(reply: &Reply) -> std::borrow::Cow<'_, str> {
    match str::from_utf8(&reply.body) {
        Ok(text) => text.into(),
        Err(_) => "".into(),
    }
}
