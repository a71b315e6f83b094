use super::answers::Refused;
use crate::Act;
use axum::{body::to_bytes, extract::Request};
use serde::{Deserialize, de::DeserializeOwned};
use std::time::Duration;

/// A body that says what a person does.
pub(super) trait ActRequest: DeserializeOwned + Send {
    fn into_act(self) -> Act;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScanRequest {
    openid: String,
    ticket: String,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for ScanRequest {
    fn into_act(self) -> Act {
        Act::scan(self.openid, self.ticket).losing_answers(self.lose_answers)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowRequest {
    openid: String,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for FollowRequest {
    fn into_act(self) -> Act {
        Act::follow(self.openid).losing_answers(self.lose_answers)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnfollowRequest {
    openid: String,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for UnfollowRequest {
    fn into_act(self) -> Act {
        Act::unfollow(self.openid).losing_answers(self.lose_answers)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SayRequest {
    openid: String,
    text: String,
    #[serde(default)]
    lose_answers: usize,
}

impl ActRequest for SayRequest {
    fn into_act(self) -> Act {
        Act::say(self.openid, self.text).losing_answers(self.lose_answers)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RedeliverRequest {
    pub(super) push: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigureRequest {
    pub(super) url: Option<String>,
    pub(super) mode: Option<String>,
}

const LONGEST_BODY: usize = 16 * 1024;
const BODY_LIMIT: Duration = Duration::from_secs(10);

/// Reads a JSON body, whatever its label says.
pub(super) async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Refused> {
    let body = tokio::time::timeout(BODY_LIMIT, to_bytes(request.into_body(), LONGEST_BODY)).await;
    let body = body.map_err(|_| Refused::slow())?.map_err(|_| Refused::long(LONGEST_BODY))?;
    serde_json::from_slice(&body).map_err(|error| Refused::body(&error))
}
