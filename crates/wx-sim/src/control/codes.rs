//! What the operator does with codes: makes one without a token, and looks at it without a call.

use super::{
    Answered,
    answers::{Refused, ok},
    read::read,
};
use crate::{api, picture, stage::Stage};
use axum::{
    Router,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::header;
use serde_json::Value;

pub(super) fn routes() -> Router<Stage> {
    Router::new().route("/sim/codes", post(create)).route("/sim/codes/{number}/picture", get(show))
}

/// The body of `qrcode/create`, and its answer. It counts against the permanent codes and no other limit, and no fault
/// strikes it.
async fn create(State(stage): State<Stage>, request: Request) -> Answered {
    let body: Value = read(request).await?;
    let created = api::create_code(&mut stage.platform.account(), &body);
    let (answer, note) = created.map_err(|(code, message)| Refused::invalid(format!("{code} {message}")))?;
    stage.platform.transcript.decide(format!("the operator made a code: {note}"));
    Ok(ok(&answer))
}

/// The picture of `showqrcode`, also of a code that has expired. Looking on neither stands in the transcript nor uses up
/// a fault.
async fn show(State(stage): State<Stage>, Path(number): Path<u64>) -> Result<Response, Refused> {
    let text = {
        let account = stage.platform.account();
        let before = number.saturating_sub(1);
        let code = account.codes.after(before).next().filter(|code| code.number == number);
        code.filter(|code| code.has_picture).map(|code| code.url.clone())
    };
    let picture = text.and_then(|text| picture::jpeg(&text)).ok_or_else(Refused::no_picture)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], picture).into_response())
}
