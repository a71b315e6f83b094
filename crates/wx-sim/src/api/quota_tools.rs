//! What shows limits and begins them anew (protocol §5.4).

use super::{
    Call, ENDPOINTS, Endpoint, Grant, Refusal,
    admission::may_call,
    call::{Done, given},
    credentials::Credentials,
};
use crate::platform::Account;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct ClearBody {
    appid: Option<String>,
    appsecret: Option<String>,
}

/// `POST /cgi-bin/clear_quota`: the appid of the body must be the account's.
pub(super) fn clear_quota(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: ClearBody = call.json()?;
    let app_id = given(body.appid.as_deref()).ok_or(Refusal::APP_ID_MISSING)?;
    if app_id != account.options.app_id {
        return Err(Refusal::INVALID_APP_ID);
    }
    clear_all(account)
}

/// `POST /cgi-bin/clear_quota/v2`: no token; the parameters may stand in the body or in the query, on which the
/// platform's own page does not agree with itself.
pub(super) fn clear_quota_v2(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let query = (call.parameter("appid"), call.parameter("appsecret"));
    if query != (None, None) {
        Credentials { app_id: query.0, secret: query.1 }.check(account)?;
        return clear_all(account);
    }
    let body: ClearBody = call.json()?;
    let (app_id, secret) = (given(body.appid.as_deref()), given(body.appsecret.as_deref()));
    Credentials { app_id, secret }.check(account)?;
    clear_all(account)
}

fn clear_all(account: &mut Account) -> Result<Grant, Refusal> {
    let granted = account.quota.clear_all(account.now);
    granted.then(|| Grant::done("the limits of the day begin anew")).ok_or(Refusal::CLEAR_QUOTA_LIMIT)
}

#[derive(Deserialize)]
struct PathBody {
    cgi_path: Option<String>,
}

#[derive(Serialize)]
struct Figures {
    quota: Quota,
    rate_limit: Rate,
    component_rate_limit: Rate,
}

#[derive(Serialize)]
struct Quota {
    daily_limit: u32,
    used: u32,
    remain: u32,
}

#[derive(Serialize)]
struct Rate {
    call_count: u32,
    refresh_second: u32,
}

/// `POST /cgi-bin/openapi/quota/get`.
pub(super) fn quota_get(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let endpoint = named(account, call)?;
    let limit = account.options.limits.of(endpoint.path, account.options.account_kind);
    let used = account.quota.used(endpoint.path, account.now);
    let remain = limit.a_day.saturating_sub(used);
    let rate = limit.a_minute.map_or((0, 0), |calls| (calls, 60));
    let figures = Figures {
        quota: Quota { daily_limit: limit.a_day, used, remain },
        rate_limit: Rate { call_count: rate.0, refresh_second: rate.1 },
        component_rate_limit: Rate { call_count: 0, refresh_second: 0 },
    };
    Ok(Grant::json(&Done::with(figures), format!("{used} of {} used", limit.a_day)))
}

/// `POST /cgi-bin/openapi/quota/clear`: one call, fifty times a month.
pub(super) fn quota_clear(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let path = named(account, call)?.path;
    let granted = account.quota.clear_one(path, account.now);
    granted.then(|| Grant::done(format!("the limit of {path} begins anew"))).ok_or(Refusal::CLEAR_QUOTA_LIMIT)
}

/// The call whose path the body names: 76021 for none, 76022 for one that the account may not make.
fn named(account: &Account, call: &Call) -> Result<&'static Endpoint, Refusal> {
    let body: PathBody = call.json()?;
    let path = body.cgi_path.unwrap_or_default();
    let found = ENDPOINTS.iter().find(|endpoint| endpoint.path == path);
    let endpoint = found.ok_or(Refusal::CGI_PATH_NOT_FOUND)?;
    Some(endpoint).filter(|endpoint| may_call(account, endpoint)).ok_or(Refusal::CGI_PATH_FORBIDDEN)
}
