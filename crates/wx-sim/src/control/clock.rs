use super::{
    Answered,
    answers::{Refused, ok},
    read::read,
};
use crate::stage::Stage;
use axum::{
    extract::{Request, State},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    advance: Option<i64>,
    set: Option<i64>,
}

pub(super) async fn show(State(stage): State<Stage>) -> Response {
    ok(&json!({ "now": stage.platform.clock.now() }))
}

pub(super) async fn turn(State(stage): State<Stage>, request: Request) -> Answered {
    let clock = &stage.platform.clock;
    match read(request).await? {
        Turn { advance: Some(seconds), set: None } => clock.advance(seconds).map(|_| ())?,
        Turn { advance: None, set: Some(seconds) } => clock.set(seconds)?,
        _ => return Err(Refused::invalid("give either `advance` or `set`, in seconds")),
    }
    Ok(show(State(stage)).await)
}
