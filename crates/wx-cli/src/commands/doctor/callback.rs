mod suspect;

use super::{Finding, check::Check};
use crate::{
    commands::push::{
        element,
        send::{
            check::Checked,
            courier::Courier,
            delivery::{Delivery, Verdict},
        },
    },
    config::Secrets,
    edge,
    failure::{Failure, Outcome},
};
use std::time::Duration;
use suspect::Suspect;
use wx_events::Callback;

/// As long as an answer takes that is told to be late instead of missing.
const LIMIT: Duration = Duration::from_secs(10);

/// Does to the callback what the platform does when it checks and when it pushes, byte by byte (protocol §6.2, §8).
pub(super) async fn check(secrets: &Secrets, url: &str) -> Finding {
    match examine(secrets, url).await {
        Ok(finding) => finding,
        Err(failure) => Finding::failed(
            Check::Callback,
            failure.to_string(),
            ["correct the address of the callback", "请更正回调地址"],
        ),
    }
}

async fn examine(secrets: &Secrets, url: &str) -> Outcome<Finding> {
    let courier = Courier::new(url, LIMIT)?;
    let callback = secrets.callback()?;
    let checked = echo(&courier, &callback).await?;
    if let Some(reason) = checked.reason {
        return Ok(refused_check(url, &reason, checked.status));
    }
    let delivery = push(&courier, &callback, secrets).await?;
    if !delivery.verdict.is_content() {
        let reason = delivery.reason.unwrap_or_default();
        let suspect = match delivery.verdict {
            Verdict::Refused if delivery.status != Some(200) => Suspect::find(&courier, secrets).await?,
            _ => Suspect::Nobody,
        };
        return Ok(refused_push(url, &reason, &suspect));
    }
    if answers_anybody(&courier, secrets).await? {
        return Ok(Finding::warning(
            Check::Callback,
            format!(
                "{url} answers the check of the address whatever its signature is, so anybody can forge pushes"
            ),
            [
                "compare the signature before anything else, in constant time",
                "请先校验 signature（常数时间比较），再处理请求",
            ],
        ));
    }
    Ok(Finding::ok(Check::Callback, format!("{url} answers check and push exactly as the platform wants")))
}

/// The GET that the console sends when the address is saved.
async fn echo(courier: &Courier, callback: &Callback) -> Outcome<Checked> {
    let echo = format!("5577{:010}", number()?);
    let query = callback.sign_echo(&echo, edge::now()).map_err(|error| Failure::failed(error.to_string()))?;
    let answer = courier.get(&query).await?;
    Ok(Checked::new(echo, answer))
}

/// The event that the platform's own debugger sends (protocol §7.3): it counts as nothing.
async fn push(courier: &Courier, callback: &Callback, secrets: &Secrets) -> Outcome<Delivery> {
    let account = secrets.account.as_ref().map_or("gh_000000000000", |id| id.as_str());
    let now = edge::now();
    let body = format!(
        "<xml>{}{}<CreateTime>{now}</CreateTime>{}{}{}</xml>",
        element("ToUserName", account),
        element("FromUserName", "oDoctor_of_wx_000000000000000"),
        element("MsgType", "event"),
        element("Event", "debug_demo"),
        element("debug_str", "wx doctor"),
    );
    let signed = callback.sign(body.as_bytes(), now).map_err(|error| Failure::failed(error.to_string()))?;
    let answer = courier.post(&signed.query, &signed.body).await?;
    Ok(Delivery::judge(callback, &signed, answer))
}

/// Whether a check with a signature of somebody else's is answered, too.
async fn answers_anybody(courier: &Courier, secrets: &Secrets) -> Outcome<bool> {
    let mut wrong = secrets.clone();
    wrong.token = Some(format!("x{:010}", number()?).into());
    wrong.previous_token = None;
    Ok(echo(courier, &wrong.callback()?).await?.reason.is_none())
}

fn number() -> Outcome<u32> {
    getrandom::u32().map_err(|error| Failure::failed(format!("the system gives no random bytes: {error}")))
}

fn refused_check(url: &str, reason: &str, status: Option<u16>) -> Finding {
    let (what, remedy) = match status {
        Some(status @ (401 | 403)) => (
            format!("the service does not take our signature (status {status}), so its Token is another one"),
            [
                "set the same Token in the service, in the console and here, and start the service again",
                "请让服务、公众平台后台与此处的 Token 完全一致，并重启服务",
            ],
        ),
        Some(_) => (
            format!("the check of the address is not answered as it must be: {reason}"),
            [
                "answer the GET with status 200 and exactly the echostr: no page, no quotes, no blank, no byte order mark",
                "对 GET 请求应以 200 状态原样返回 echostr：不要网页、引号、空白或 BOM",
            ],
        ),
        None => (
            format!("the callback is not reached: {reason}"),
            [
                "start the service, and check the address, the name service, the firewall and the web server before it",
                "请启动服务，并检查地址、DNS、防火墙以及前置的 Web 服务器",
            ],
        ),
    };
    Finding::failed(Check::Callback, format!("{url}: {what}"), remedy)
}

fn refused_push(url: &str, reason: &str, suspect: &Suspect) -> Finding {
    let (what, remedy) = match suspect {
        Suspect::Mode(mode) => (
            format!("the service runs in {mode} mode, another one than here"),
            [
                "set the same mode in the service, in the console and here",
                "请让服务、公众平台后台与此处的消息加解密方式一致",
            ],
        ),
        Suspect::Key => (
            "the service takes our Token but not our encryption, so its EncodingAESKey (or AppID) is another one".to_owned(),
            [
                "set the same EncodingAESKey and AppID in the service, in the console and here",
                "请让服务、公众平台后台与此处的 EncodingAESKey 和 AppID 一致",
            ],
        ),
        Suspect::Encryption => (
            "the service takes our Token but no clear push, so it runs in safe mode, or for another account".to_owned(),
            [
                "set the same mode everywhere, and original_id as it stands in the console",
                "请统一消息加解密方式，并核对 original_id（原始 ID）",
            ],
        ),
        Suspect::Nobody => (
            format!("the check of the address is answered well, but a push is not: {reason}"),
            [
                "try it with `wx push send URL --follow shop-042`, and look into the log of the service",
                "请用 wx push send URL --follow shop-042 重现，并查看服务日志",
            ],
        ),
    };
    Finding::failed(Check::Callback, format!("{url}: {what}"), remedy)
}
