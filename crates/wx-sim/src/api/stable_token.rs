use super::{
    Call, Grant, Refusal,
    admission::spend,
    call::given,
    credentials::{Credentials, check_grant_type},
    token::grant,
};
use crate::platform::Account;
use serde::Deserialize;

#[derive(Deserialize)]
struct Body {
    grant_type: Option<String>,
    appid: Option<String>,
    secret: Option<String>,
    force_refresh: Option<bool>,
}

/// `POST /cgi-bin/stable_token` (protocol §1.2).
pub(super) fn stable_token(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Body = call.json()?;
    check_grant_type(body.grant_type.as_deref())?;
    let (app_id, secret) = (given(body.appid.as_deref()), given(body.secret.as_deref()));
    Credentials { app_id, secret }.check(account)?;
    spend(account, "/cgi-bin/stable_token")?;
    let (now, renewal) = (account.now, account.options.stable_renewal);
    let issued = if body.force_refresh == Some(true) {
        account.stable.force(now, renewal, &account.random).ok_or(Refusal::DAILY_QUOTA)?
    } else {
        account.stable.get(now, renewal, &account.random)
    };
    Ok(grant(account, issued))
}
