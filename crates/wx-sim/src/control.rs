//! The routes by which people are made to act from outside the process. The platform has none of them.

mod answers;
mod requests;

use crate::{Callback, Error, stage::Stage};
use answers::{Refused, check_answer, delivery_answer, index, transcript_answer};
use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::{get, post},
};
use requests::{
    ActRequest, ConfigureRequest, FollowRequest, RedeliverRequest, SayRequest, ScanRequest, read,
};

type Answered = Result<Response, Refused>;

/// Everything under `/sim/`, and the index page at `/`.
pub(crate) fn router(stage: Stage) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/sim/scan", post(act::<ScanRequest>))
        .route("/sim/follow", post(act::<FollowRequest>))
        .route("/sim/unfollow", post(act::<requests::UnfollowRequest>))
        .route("/sim/say", post(act::<SayRequest>))
        .route("/sim/redeliver", post(redeliver))
        .route("/sim/callback", post(configure))
        .route("/sim/verify", post(verify))
        .route("/sim/transcript", get(transcript))
        .route("/sim/{*path}", axum::routing::any(answers::unknown_route))
        .method_not_allowed_fallback(answers::wrong_method)
        .with_state(stage)
}

async fn act<R: ActRequest>(State(stage): State<Stage>, request: Request) -> Answered {
    let act = read::<R>(request).await?.into_act();
    Ok(delivery_answer(&stage.act(act).await?))
}

async fn redeliver(State(stage): State<Stage>, request: Request) -> Answered {
    let RedeliverRequest { push } = read(request).await?;
    Ok(delivery_answer(&stage.redeliver(push).await?))
}

/// Changes the address and the mode; token and key stay as they were started with.
async fn configure(State(stage): State<Stage>, request: Request) -> Answered {
    let ConfigureRequest { url, mode } = read(request).await?;
    let present = stage.platform.callback();
    let mode = match mode {
        Some(name) => name.parse().map_err(Refused::mode)?,
        None => present.mode,
    };
    let callback = Callback { url: url.or_else(|| present.url.clone()), mode, ..present };
    stage.platform.configure(callback.clone())?;
    Ok(answers::callback_answer(&callback))
}

async fn verify(State(stage): State<Stage>) -> Answered {
    Ok(check_answer(&stage.courier.check(&stage.platform).await?))
}

async fn transcript(State(stage): State<Stage>) -> Response {
    transcript_answer(&stage.platform.transcript.entries())
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::conflict(&error)
    }
}
