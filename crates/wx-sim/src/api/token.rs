use super::{
    Call, Grant, Refusal,
    admission::spend,
    credentials::{Credentials, check_grant_type},
};
use crate::{
    platform::{Account, OVERLAP},
    transcript::Labels,
};
use serde::Serialize;

/// `GET /cgi-bin/token`: each call makes a new token, and the present one works for five more minutes
/// (protocol §1.1).
pub(super) fn token(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    check_grant_type(call.parameter("grant_type"))?;
    Credentials { app_id: call.parameter("appid"), secret: call.parameter("secret") }.check(account)?;
    spend(account, "/cgi-bin/token")?;
    let issued = account.classic.issue(account.now, OVERLAP, &account.random);
    Ok(grant(account, issued))
}

#[derive(Serialize)]
struct Answer {
    access_token: String,
    expires_in: i64,
}

pub(super) fn grant(account: &Account, (access_token, expires_in): (String, i64)) -> Grant {
    let note = format!("{} for {expires_in} s", account.token(&access_token));
    Grant::json(&Answer { access_token, expires_in }, note)
}
