use super::{Answered, answers::ok, read::number};
use crate::{Entry, EntryKind, stage::Stage};
use axum::extract::{Request, State};
use serde_json::{Value, json};

/// The entries behind the one whose number `after` gives, all without it.
pub(super) async fn transcript(State(stage): State<Stage>, request: Request) -> Answered {
    let entries = stage.platform.transcript.since(number(&request, "after", 0)?);
    Ok(ok(&entries.iter().map(entry).collect()))
}

fn entry(entry: &Entry) -> Value {
    let mut value = match &entry.kind {
        EntryKind::Call { method, path, query, body, status, errcode, note, fault, answer } => {
            json!({ "call": {
                "method": method, "path": path, "query": query, "body": body, "status": status,
                "errcode": errcode, "note": note, "fault": fault, "answer": answer,
            } })
        }
        EntryKind::Delivery { push, kind, event_key, openid, receiver, mode, attempt, verdict } => {
            json!({ "delivery": {
                "push": push, "kind": kind, "event_key": event_key, "openid": openid,
                "receiver": receiver, "mode": mode.name(), "attempt": attempt, "verdict": verdict.to_string(),
            } })
        }
        EntryKind::Check { passed } => json!({ "check": { "passed": passed } }),
        EntryKind::Decision { note } => json!({ "decision": { "note": note } }),
    };
    value["number"] = entry.number.into();
    value["time"] = entry.time.into();
    value["line"] = entry.to_string().into();
    value
}
