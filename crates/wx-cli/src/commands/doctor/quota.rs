use super::{Finding, check::Check, configuration::Account, finding::reason};
use crate::{
    commands::quota::{is_about_path, until_midnight},
    config::{TokenKind, TokenSource},
    edge, print,
};
use wx_client::Client;
use wx_model::Quota;

const CODES: &str = "/cgi-bin/qrcode/create";

/// What is left of the day for codes and tokens.
pub(super) async fn check(client: &Client, account: &Account<'_>) -> Finding {
    let token_path = match account.source {
        TokenSource::Platform { kind: TokenKind::Classic, .. } => Some("/cgi-bin/token"),
        TokenSource::Platform { .. } => Some("/cgi-bin/stable_token"),
        _ => None,
    };
    let mut left = Vec::new();
    for path in [Some(CODES), token_path].into_iter().flatten() {
        match client.quotas().get(path).await {
            Ok(answer) => left.push((path, answer.quota)),
            // The account may not call it, of which there is a check.
            Err(error) if error.errcode().is_some_and(|code| is_about_path(code.get())) => {}
            Err(error) => {
                return Finding::warning(
                    Check::Quota,
                    format!("the platform does not tell: {}", reason(&error)),
                    ["look into the console under 接口权限", "请在公众平台“接口权限”中查看"],
                );
            }
        }
    }
    judge(&left)
}

fn judge(left: &[(&str, Quota)]) -> Finding {
    let scarce = |(_, quota): &&(&str, Quota)| {
        quota.remain == 0 || quota.remain.saturating_mul(10) < quota.daily_limit
    };
    let figures =
        |(path, quota): &(&str, Quota)| format!("{path} has {} of {} left", quota.remain, quota.daily_limit);
    let all: Vec<_> = left.iter().map(figures).collect();
    if left.is_empty() {
        return Finding::skipped(Check::Quota, "the account may not make these calls");
    }
    let Some(first) = left.iter().filter(scarce).min_by_key(|(_, quota)| quota.remain) else {
        return Finding::ok(Check::Quota, all.join(", "));
    };
    let begins = print::duration(until_midnight(edge::now()).unsigned_abs());
    let english = format!(
        "wait for midnight in Beijing (in {begins}), or clear the counter with `wx quota clear {}` (50 times a month)",
        first.0
    );
    let chinese =
        format!("请等待北京时间零点重置（{begins}后），或执行 wx quota clear {}（每月至多 50 次）", first.0);
    let remedy = [english.as_str(), chinese.as_str()];
    if first.1.remain == 0 {
        return Finding::failed(Check::Quota, format!("used up: {}", all.join(", ")), remedy);
    }
    Finding::warning(Check::Quota, format!("nearly used up: {}", all.join(", ")), remedy)
}
