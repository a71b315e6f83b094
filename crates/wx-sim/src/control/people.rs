//! What people do.

use super::{
    Answered,
    answers::{self, Refused},
    pushes::delivery_answer,
    read::read,
};
use crate::{Act, stage::Stage};
use axum::{
    Router,
    extract::{Request, State},
    routing::post,
};
use serde::{Deserialize, de::DeserializeOwned};

pub(super) fn routes() -> Router<Stage> {
    Router::new()
        .route("/sim/scan", post(act::<Scan>))
        .route("/sim/follow", post(act::<Follow>))
        .route("/sim/unfollow", post(act::<Unfollow>))
        .route("/sim/say", post(act::<Say>))
        .route("/sim/block", post(block))
}

async fn act<R: ActRequest>(State(stage): State<Stage>, request: Request) -> Answered {
    let act = read::<R>(request).await?.into_act()?;
    Ok(delivery_answer(&stage.act(act).await?))
}

/// A body that says what a person does.
trait ActRequest: DeserializeOwned + Send {
    fn into_act(self) -> Result<Act, Refused>;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scan {
    openid: String,
    ticket: String,
    #[serde(default)]
    hide_from_push: bool,
    #[serde(default)]
    hide_from_user_info: bool,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for Scan {
    fn into_act(self) -> Result<Act, Refused> {
        let mut act = Act::scan(self.openid, self.ticket).losing_answers(self.lose_answers);
        if self.hide_from_push {
            act = act.hiding_scene_from_push();
        }
        Ok(if self.hide_from_user_info { act.hiding_scene_from_user_info() } else { act })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Follow {
    openid: String,
    subscribe_scene: Option<String>,
    payment: Option<String>,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for Follow {
    fn into_act(self) -> Result<Act, Refused> {
        let act = match self.payment {
            Some(payment) => Act::follow_after_payment(self.openid, payment),
            None => Act::follow(self.openid),
        };
        let act = match self.subscribe_scene {
            Some(scene) => act.coming_from(scene.parse().map_err(|error| Refused::word(&error))?),
            None => act,
        };
        Ok(act.losing_answers(self.lose_answers))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unfollow {
    openid: String,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for Unfollow {
    fn into_act(self) -> Result<Act, Refused> {
        Ok(Act::unfollow(self.openid).losing_answers(self.lose_answers))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Say {
    openid: String,
    text: String,
    menu_item: Option<String>,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for Say {
    fn into_act(self) -> Result<Act, Refused> {
        let act = match self.menu_item {
            Some(item) => Act::tap(self.openid, item, self.text),
            None => Act::say(self.openid, self.text),
        };
        Ok(act.losing_answers(self.lose_answers))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    openid: String,
    block: bool,
}

async fn block(State(stage): State<Stage>, request: Request) -> Answered {
    let Block { openid, block } = read(request).await?;
    stage.platform.account().block_messages(&openid, block)?;
    Ok(answers::done())
}
