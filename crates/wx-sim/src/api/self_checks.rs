//! Addresses of the platform, and its look at the callback address (protocol §5.2, §5.3).

use super::{Call, Grant, Refusal};
use crate::platform::Account;
use http::Uri;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct IpList<'a> {
    ip_list: &'a [String],
}

/// `GET /cgi-bin/getcallbackip`: where pushes come from.
#[expect(clippy::unnecessary_wraps, reason = "every call may refuse")]
pub(super) fn getcallbackip(account: &mut Account, _: &Call) -> Result<Grant, Refusal> {
    Ok(ip_list(&account.options.callback_ips))
}

/// `GET /cgi-bin/get_api_domain_ip`: where the API is.
#[expect(clippy::unnecessary_wraps, reason = "every call may refuse")]
pub(super) fn get_api_domain_ip(account: &mut Account, _: &Call) -> Result<Grant, Refusal> {
    Ok(ip_list(&account.options.api_ips))
}

fn ip_list(ip_list: &[String]) -> Grant {
    Grant::json(&IpList { ip_list }, format!("{} addresses", ip_list.len()))
}

#[derive(Deserialize)]
struct Check {
    action: Option<String>,
    check_operator: Option<String>,
}

#[derive(Serialize)]
struct Checked {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dns: Vec<Resolved>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ping: Vec<Pinged>,
}

#[derive(Serialize)]
struct Resolved {
    ip: String,
    real_operator: String,
}

#[derive(Serialize)]
struct Pinged {
    ip: String,
    from_operator: String,
    package_loss: &'static str,
    time: &'static str,
}

/// `POST /cgi-bin/callback/check`. Nothing is resolved and nobody pinged: it answers the address that is configured,
/// or the local machine where that is a name, and the same time always.
pub(super) fn callback_check(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let check: Check = call.json()?;
    let action = check.action.as_deref().unwrap_or_default();
    let (wants_dns, wants_ping) = match action {
        "dns" => (true, false),
        "ping" => (false, true),
        "all" => (true, true),
        _ => return Err(Refusal::INVALID_CHECK_ACTION),
    };
    let operator = operator(check.check_operator.as_deref())?;
    let ip = address(account.options.callback.url.as_deref().ok_or(Refusal::INVALID_CHECK_URL)?);
    let resolved = || Resolved { ip: ip.clone(), real_operator: operator.to_owned() };
    let pinged = || Pinged {
        ip: ip.clone(),
        from_operator: operator.to_owned(),
        package_loss: "0%",
        time: "23.079ms",
    };
    let checked = Checked {
        dns: wants_dns.then(resolved).into_iter().collect(),
        ping: wants_ping.then(pinged).into_iter().collect(),
    };
    Ok(Grant::json(&checked, format!("{action} of {ip}")))
}

/// By address, a machine in Tencent's own network answers.
fn operator(asked: Option<&str>) -> Result<&str, Refusal> {
    match asked.unwrap_or("DEFAULT") {
        "DEFAULT" => Ok("CAP"),
        known @ ("CHINANET" | "UNICOM" | "CAP") => Ok(known),
        _ => Err(Refusal::INVALID_CHECK_OPERATOR),
    }
}

fn address(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default().trim_matches(['[', ']']);
    host.parse::<std::net::IpAddr>().map_or("127.0.0.1".to_owned(), |ip| ip.to_string())
}
