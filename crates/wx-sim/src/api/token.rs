use super::{Call, Grant, Refusal, credentials::Credentials};
use crate::platform::Platform;
use http::Method;

/// `GET /cgi-bin/token`: each call makes a new token, and the present one works for five more minutes
/// (protocol §1.1).
pub(super) fn token(platform: &Platform, call: &Call) -> Result<Grant, Refusal> {
    if call.method != Method::GET {
        return Err(Refusal::REQUIRE_GET);
    }
    let credentials = Credentials {
        grant_type: call.parameter("grant_type"),
        app_id: call.parameter("appid"),
        secret: call.parameter("secret"),
    };
    credentials.check(platform)?;
    platform.spend(&call.path)?;
    Ok(grant(platform.new_token()))
}

pub(super) fn grant((token, expires_in): (String, i64)) -> Grant {
    let body = format!(r#"{{"access_token":"{token}","expires_in":{expires_in}}}"#);
    Grant { body, note: format!("a token for {expires_in} s") }
}
