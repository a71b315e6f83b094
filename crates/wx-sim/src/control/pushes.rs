//! What is pushed, and what became of it.

use super::{
    Answered,
    answers::{self, Refused, ok},
    lists::page,
    read::read,
};
use crate::{
    Act, Answer, Attempt, Delivery, FAILURE_TEXT, FieldValue, Order, Round, SYSTEM_SENDER, Shown,
    UnknownOrder, push::Kind, stage::Stage,
};
use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(super) fn routes() -> Router<Stage> {
    Router::new()
        .route("/sim/redeliver", post(redeliver))
        .route("/sim/hold", post(hold))
        .route("/sim/release", post(release))
        .route("/sim/push", post(push))
        .route("/sim/kinds", get(kinds))
        .route("/sim/deliveries", get(deliveries))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redeliver {
    push: u64,
}

async fn redeliver(State(stage): State<Stage>, request: Request) -> Answered {
    let Redeliver { push } = read(request).await?;
    let push = stage.platform.account().pushed(push)?;
    Ok(delivery_answer(&stage.redeliver(push).await))
}

/// From now on acts happen and their pushes wait.
async fn hold(State(stage): State<Stage>) -> Response {
    stage.platform.account().held.get_or_insert_default();
    answers::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    order: Option<String>,
}

async fn release(State(stage): State<Stage>, request: Request) -> Answered {
    let order = read::<Release>(request).await?.order;
    let order = order.as_deref().map_or(Ok(Order::Happened), str::parse);
    let order = order.map_err(|error: UnknownOrder| Refused::word(&error))?;
    let deliveries = stage.release(order).await;
    Ok(ok(&deliveries.iter().map(delivery_json).collect()))
}

/// Names of everything that can be pushed.
async fn kinds() -> Response {
    let events: Vec<_> = Kind::events().map(|kind| kind.name).collect();
    let messages: Vec<_> = Kind::messages().map(|kind| kind.name).collect();
    ok(&json!({ "events": events, "messages": messages }))
}

/// An event or a message by its name; a number among the fields is written bare.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PushRequest {
    openid: Option<String>,
    event: Option<String>,
    message: Option<String>,
    xml: Option<String>,
    #[serde(default)]
    fields: Map<String, Value>,
    #[serde(default)]
    lose_answers: usize,
}

async fn push(State(stage): State<Stage>, request: Request) -> Answered {
    let wanted: PushRequest = read(request).await?;
    let openid = wanted.openid.unwrap_or_else(|| SYSTEM_SENDER.to_owned());
    let mut act = match (wanted.event, wanted.message, wanted.xml) {
        (Some(event), None, None) => Act::event(openid, event),
        (None, Some(message), None) => Act::message(openid, message),
        (None, None, Some(xml)) => Act::raw(openid, xml),
        _ => return Err(Refused::invalid("give one of `event`, `message` and `xml`")),
    };
    for (path, value) in wanted.fields {
        act = match value {
            Value::String(text) => act.field(path, text),
            Value::Number(number) => act.field(path, FieldValue::number(number.to_string())),
            _ => return Err(Refused::invalid("the values of `fields` are texts and numbers")),
        };
    }
    Ok(delivery_answer(&stage.act(act.losing_answers(wanted.lose_answers)).await?))
}

/// `?after=NUMBER&limit=`: what was delivered, oldest first.
async fn deliveries(State(stage): State<Stage>, request: Request) -> Answered {
    let (after, limit) = page(&request)?;
    let deliveries = stage.platform.deliveries.after(after, limit);
    let json = |(number, time, delivery): &(u64, i64, Delivery)| {
        let mut json = delivery_json(delivery);
        json["number"] = (*number).into();
        json["time"] = (*time).into();
        json
    };
    Ok(ok(&json!({ "deliveries": deliveries.iter().map(json).collect::<Vec<_>>() })))
}

pub(super) fn delivery_answer(delivery: &Delivery) -> Response {
    ok(&delivery_json(delivery))
}

fn delivery_json(delivery: &Delivery) -> Value {
    let push = &delivery.push;
    json!({
        "push": {
            "number": push.number,
            "kind": push.kind,
            "openid": push.openid,
            "event_key": push.event_key,
            "xml": push.xml,
        },
        "succeeded": delivery.succeeded(),
        "stopped": delivery.is_stopped,
        "held": delivery.is_held,
        "reply": delivery.reply(),
        "shown": match delivery.shown() {
            Shown::Failure => Some(FAILURE_TEXT),
            _ => delivery.reply(),
        },
        "attempts": delivery.attempts.iter().map(attempt).collect::<Vec<_>>(),
        "others": delivery.others.iter().map(other).collect::<Vec<_>>(),
    })
}

fn other(round: &Round) -> Value {
    json!({
        "receiver": round.receiver,
        "succeeded": round.succeeded(),
        "stopped": round.is_stopped,
        "attempts": round.attempts.iter().map(attempt).collect::<Vec<_>>(),
    })
}

fn attempt(attempt: &Attempt) -> Value {
    json!({ "verdict": attempt.verdict.to_string(), "answer": attempt.answer.as_ref().map(answer) })
}

pub(super) fn answer(answer: &Answer) -> Value {
    json!({ "status": answer.status, "body": answer.text(), "reply": answer.reply })
}
