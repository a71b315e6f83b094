use super::{
    Answered,
    answers::{Refused, ok},
    read::read,
};
use crate::{AccountKind, Options, UnknownKind, UnknownShape, stage::Stage};
use axum::{
    extract::{Request, State},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;
use std::{collections::BTreeMap, net::IpAddr};

/// What is left out stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    account_kind: Option<String>,
    secret: Option<String>,
    secret_frozen: Option<bool>,
    permanent_cap: Option<usize>,
    stable_renewal: Option<i64>,
    push_shape: Option<String>,
    retries_repeat_nonce: Option<bool>,
    mark_fail_after: Option<u32>,
    page_size: Option<usize>,
    people_limit: Option<usize>,
    allow_list: Option<Vec<IpAddr>>,
    #[serde(default)]
    allow_everybody: bool,
    caller_ip: Option<IpAddr>,
    #[serde(default)]
    daily_limit: BTreeMap<String, u32>,
    #[serde(default)]
    minute_limit: BTreeMap<String, u32>,
}

pub(super) async fn show(State(stage): State<Stage>) -> Response {
    let account = stage.platform.account();
    let options = &account.options;
    ok(&json!({
        "app_id": options.app_id,
        "manual_clock": options.clock.is_manual(),
        "original_id": options.original_id,
        "account_kind": options.account_kind.name(),
        "secret_frozen": options.secret_frozen,
        "permanent_cap": options.permanent_cap,
        "stable_renewal": options.stable_renewal,
        "push_shape": options.push_shape.name(),
        "retries_repeat_nonce": options.retries_repeat_nonce,
        "mark_fail_after": options.mark_fail_after,
        "page_size": options.page_size,
        "people_limit": options.people_limit,
        "allow_list": options.allow_list,
        "caller_ip": options.caller_ip,
        "callback": { "url": options.callback.url, "mode": options.callback.mode.name() },
        "second_callback": options.second_callback.as_ref().map(|callback| {
            json!({ "url": callback.url, "mode": callback.mode.name() })
        }),
        "component": options.component.as_ref().map(|component| component.app_id.clone()),
    }))
}

pub(super) async fn change(State(stage): State<Stage>, request: Request) -> Answered {
    let change: Change = read(request).await?;
    let kind = change.account_kind.as_deref().map(str::parse).transpose();
    let kind = kind.map_err(|error: UnknownKind| Refused::word(&error))?;
    let shape = change.push_shape.as_deref().map(str::parse).transpose();
    let shape = shape.map_err(|error: UnknownShape| Refused::word(&error))?;
    stage.platform.change(|options| {
        let shape = shape.unwrap_or(options.push_shape);
        change.apply(kind, options.push_shape(shape))
    })?;
    Ok(show(State(stage)).await)
}

impl Change {
    fn apply(self, kind: Option<AccountKind>, mut options: Options) -> Options {
        options.account_kind = kind.unwrap_or(options.account_kind);
        options.secret = self.secret.unwrap_or(options.secret);
        options.secret_frozen = self.secret_frozen.unwrap_or(options.secret_frozen);
        options.permanent_cap = self.permanent_cap.unwrap_or(options.permanent_cap);
        options.stable_renewal = self.stable_renewal.unwrap_or(options.stable_renewal);
        options.retries_repeat_nonce = self.retries_repeat_nonce.unwrap_or(options.retries_repeat_nonce);
        options.mark_fail_after = self.mark_fail_after.unwrap_or(options.mark_fail_after);
        options.page_size = self.page_size.unwrap_or(options.page_size);
        options.people_limit = self.people_limit.unwrap_or(options.people_limit);
        options.caller_ip = self.caller_ip.or(options.caller_ip);
        options.allow_list = self.allow_list.or(options.allow_list).filter(|_| !self.allow_everybody);
        let options = self
            .daily_limit
            .into_iter()
            .fold(options, |options, (path, calls)| options.daily_limit(path, calls));
        self.minute_limit
            .into_iter()
            .fold(options, |options, (path, calls)| options.minute_limit(path, calls))
    }
}
