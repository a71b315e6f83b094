//! What the owner of the account does about a third-party platform.

use super::{
    Answered,
    answers::{Refused, ok},
    pushes::delivery_answer,
    read::read,
};
use crate::{Component, stage::Stage};
use axum::{
    Router,
    extract::{Request, State},
    routing::post,
};
use serde::Deserialize;
use serde_json::json;
use wx_crypto::InvalidKey;

pub(super) fn routes() -> Router<Stage> {
    Router::new()
        .route("/sim/component", post(configure))
        .route("/sim/component/ticket", post(ticket))
        .route("/sim/component/authorize", post(authorize))
        .route("/sim/component/unauthorize", post(unauthorize))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Configure {
    app_id: String,
    secret: String,
    token: Option<String>,
    aes_key: Option<String>,
    events_url: Option<String>,
    messages_url: Option<String>,
    permissions: Option<Vec<u32>>,
}

async fn configure(State(stage): State<Stage>, request: Request) -> Answered {
    let wanted: Configure = read(request).await?;
    let mut component = Component::new(&wanted.app_id, wanted.secret);
    component.token = wanted.token.unwrap_or(component.token);
    component.events_url = wanted.events_url;
    component.messages_url = wanted.messages_url;
    if let Some(key) = wanted.aes_key {
        component.aes_key = key.parse().map_err(|error: InvalidKey| Refused::word(&error))?;
    }
    if let Some(sets) = wanted.permissions {
        component = component.permissions(sets);
    }
    stage.platform.change(|options| options.component(component))?;
    Ok(ok(&json!({ "app_id": wanted.app_id })))
}

async fn ticket(State(stage): State<Stage>) -> Answered {
    Ok(delivery_answer(&stage.push_verify_ticket().await?))
}

async fn authorize(State(stage): State<Stage>) -> Answered {
    Ok(delivery_answer(&stage.authorize().await?))
}

async fn unauthorize(State(stage): State<Stage>) -> Answered {
    Ok(delivery_answer(&stage.unauthorize().await?))
}
