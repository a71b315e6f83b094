use super::{Call, Grant, Refusal, credentials::Credentials, token::grant};
use crate::platform::Platform;
use http::Method;
use serde_json::{Map, Value};

/// `POST /cgi-bin/stable_token` (protocol §1.2).
pub(super) fn stable_token(platform: &Platform, call: &Call) -> Result<Grant, Refusal> {
    if call.method != Method::POST {
        return Err(Refusal::REQUIRE_POST);
    }
    let body = parse(&call.body)?;
    let credentials = Credentials {
        grant_type: text(&body, "grant_type")?,
        app_id: text(&body, "appid")?,
        secret: text(&body, "secret")?,
    };
    credentials.check(platform)?;
    platform.spend(&call.path)?;
    let force = match body.get("force_refresh") {
        None | Some(Value::Null) => false,
        Some(value) => value.as_bool().ok_or(Refusal::DATA_FORMAT)?,
    };
    platform.stable_token(force).map(grant).ok_or(Refusal::DAILY_QUOTA)
}

fn parse(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.trim_ascii().is_empty() {
        return Err(Refusal::EMPTY_POST_DATA);
    }
    serde_json::from_slice(body).map_err(|_| Refusal::DATA_FORMAT)
}

fn text<'a>(body: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            value.as_str().map(|text| Some(text).filter(|text| !text.is_empty())).ok_or(Refusal::DATA_FORMAT)
        }
    }
}
