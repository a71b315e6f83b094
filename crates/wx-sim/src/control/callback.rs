//! Where pushes go.

use super::{
    Answered,
    answers::{Refused, ok},
    pushes::answer,
    read::read,
};
use crate::{Callback, UnknownMode, stage::Stage};
use axum::extract::{Request, State};
use serde::Deserialize;
use serde_json::json;
use wx_crypto::InvalidKey;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Configure {
    #[serde(default)]
    second: bool,
    url: Option<String>,
    mode: Option<String>,
    token: Option<String>,
    aes_key: Option<String>,
    app_id: Option<String>,
}

/// What is left out stays.
pub(super) async fn configure(State(stage): State<Stage>, request: Request) -> Answered {
    let wanted: Configure = read(request).await?;
    let is_second = wanted.second;
    let present = present(&stage, is_second);
    let callback = wanted.change(present)?;
    let answer = json!({ "url": callback.url, "mode": callback.mode.name() });
    stage.platform.change(|options| {
        if is_second { options.second_callback(callback) } else { options.callback(callback) }
    })?;
    Ok(ok(&answer))
}

fn present(stage: &Stage, is_second: bool) -> Callback {
    let account = stage.platform.account();
    let options = &account.options;
    if is_second { options.second_callback.clone().unwrap_or_default() } else { options.callback.clone() }
}

impl Configure {
    fn change(self, mut callback: Callback) -> Result<Callback, Refused> {
        if let Some(mode) = self.mode {
            callback.mode = mode.parse().map_err(|error: UnknownMode| Refused::word(&error))?;
        }
        if let Some(key) = self.aes_key {
            callback.aes_key = key.parse().map_err(|error: InvalidKey| Refused::word(&error))?;
        }
        callback.url = self.url.or(callback.url);
        callback.token = self.token.unwrap_or(callback.token);
        callback.app_id = self.app_id.or(callback.app_id);
        Ok(callback)
    }
}

pub(super) async fn verify(State(stage): State<Stage>) -> Answered {
    let check = stage.courier.check(&stage.platform).await?;
    let received = check.answer.as_ref().map(answer);
    Ok(ok(&json!({ "passed": check.passed, "echo": check.echo, "answer": received })))
}
