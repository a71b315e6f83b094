use super::{Finding, Report, check::Check, configuration::Account, finding::reason};
use crate::config::TokenSource;
use std::net::IpAddr;
use tokio::net::UdpSocket;
use wx_client::{BaseUrl, Client, Error};

/// Whether the platform lets us in: first by our address (IP 白名单), then by AppID and AppSecret.
pub(super) async fn check(
    report: &mut Report,
    account: &Account<'_>,
    client: &Client,
    base: Option<&str>,
) -> bool {
    // A fixed token is looked at by no one until a call brings it.
    let entered = match client.access_token().await {
        Ok(_) => client.network().callback_ips().await.map(|_| ()),
        Err(error) => Err(error),
    };
    let refusal = match entered {
        // Somebody took the token away: a check of its own.
        Err(error) if error.is_token_rejected() && !matches!(account.source, TokenSource::Fixed(_)) => None,
        entered => entered.err(),
    };
    let Some(error) = refusal else {
        report.add(Finding::ok(Check::AllowList, "the platform takes calls from this machine"));
        report.add(Finding::ok(Check::Credentials, given_by(&account.source)));
        return true;
    };
    if is_about_address(&error) {
        report.add(turned_away(&error, local_address(base).await));
        report.add(Finding::skipped(Check::Credentials, "the platform turns this machine away before that"));
        return false;
    }
    let is_spent = error.is_quota();
    report.add(Finding::skipped(Check::AllowList, "not known, something else was refused first"));
    if is_spent {
        report.add(Finding::skipped(
            Check::Credentials,
            "no token can be had to try them, the allowance is used up",
        ));
        report.add(Finding::skipped(Check::TokenRivals, "there is no token"));
        report.add(Finding::skipped(Check::AccountRight, "there is no token"));
        report.add(Finding::of_error(Check::Quota, &error));
    } else {
        report.add(refused(account, &error));
    }
    false
}

fn given_by(source: &TokenSource) -> &'static str {
    match source {
        TokenSource::Platform { .. } => "AppID and AppSecret are right, the platform gives an access token",
        TokenSource::Central { .. } => "the central service gives a token that the platform takes",
        TokenSource::Fixed(_) => "the platform takes the fixed token",
    }
}

fn refused(account: &Account<'_>, error: &Error) -> Finding {
    let code = error.errcode().map(wx_model::ErrCode::get);
    if matches!((&account.source, code), (TokenSource::Fixed(_), Some(40001 | 40014 | 42001))) {
        return Finding::failed(
            Check::Credentials,
            format!("the fixed access token is refused: {}", reason(error)),
            [
                "give a present token, or leave it out and let the platform give one",
                "请提供当前有效的 token，或不设置而由平台获取",
            ],
        );
    }
    let what = match (&account.source, code) {
        (_, Some(40013)) => "the AppID is wrong",
        (TokenSource::Platform { .. }, Some(40001 | 40125)) => "the AppSecret is wrong",
        (TokenSource::Platform { .. }, Some(40243)) => "the AppSecret is frozen",
        _ => "",
    };
    let finding = Finding::of_error(Check::Credentials, error);
    match (what, code, &account.source) {
        ("", _, TokenSource::Central { .. }) => {
            Finding { text: format!("the central service gives no token: {}", finding.text), ..finding }
        }
        (what, Some(code), _) if !what.is_empty() => {
            let said = error.errmsg().unwrap_or_default();
            Finding { text: format!("{what}: {code} \"{said}\""), ..finding }
        }
        _ => finding,
    }
}

/// Including those that wait for the administrator (protocol §1.5).
fn is_about_address(error: &Error) -> bool {
    let codes = [40164, 45035, 61004, 89501, 89503, 89506, 89507];
    error.errcode().is_some_and(|code| codes.contains(&code.get()))
}

fn turned_away(error: &Error, local: Option<IpAddr>) -> Finding {
    let finding = Finding::of_error(Check::AllowList, error);
    let (Some(seen), Some(code)) = (error.refused_ip(), error.errcode()) else { return finding };
    let local = match local {
        Some(local) if local != seen => {
            format!("; this machine calls from {local}, so a gateway (NAT) stands between")
        }
        _ => String::new(),
    };
    let text = format!("the platform sees {seen}, which is not on the allow-list ({code}){local}");
    let english = format!(
        "add {seen} to the IP allow-list in the console (设置与开发 > 基本配置 > IP 白名单); it works after some minutes"
    );
    let chinese = format!("请在公众平台“设置与开发 > 基本配置 > IP 白名单”中加入 {seen}，数分钟后生效");
    Finding { text, remedy: Some([english, chinese]), ..finding }
}

/// From which address this machine would speak to the platform. Nothing is sent.
async fn local_address(base: Option<&str>) -> Option<IpAddr> {
    let base = base.map_or_else(|| BaseUrl::official_api().to_string(), str::to_owned);
    let uri: http::Uri = base.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']).to_owned();
    let peer = tokio::net::lookup_host((host, uri.port_u16().unwrap_or(443))).await.ok()?.next()?;
    let any = if peer.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any).await.ok()?;
    socket.connect(peer).await.ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}
