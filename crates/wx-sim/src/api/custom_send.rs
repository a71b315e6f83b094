//! Customer-service messages (客服消息, protocol §10.4).

mod content;

use super::{Call, Grant, Refusal, call::given};
use crate::{
    CustomMessage,
    platform::{Account, User},
};
use content::check_content;
use serde::Deserialize;
use serde_json::{Map, Value};

/// `POST /cgi-bin/message/custom/send`: what is wrong with the message is said first, then what is wrong with sending
/// it to this person now.
pub(super) fn custom_send(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Map<String, Value> = call.json()?;
    let kind = text(&body, "msgtype").ok_or(Refusal::INVALID_MESSAGE_TYPE)?;
    let content = check_content(kind, body.get(kind))?;
    let openid = text(&body, "touser").ok_or(Refusal::INVALID_OPENID)?;
    let now = account.now;
    let user = reachable(account, openid)?;
    user.allowances.take(now)?;
    user.last_message = Some(now);
    account.typing.remove(openid);
    let (openid, kind) = (openid.to_owned(), kind.to_owned());
    let note = format!("{kind} to {openid}");
    let kf_account = body.get("customservice").and_then(|service| service["kf_account"].as_str());
    let kf_account = kf_account.map(str::to_owned);
    account.messages.add(CustomMessage { number: 0, time: now, openid, kind, content, kf_account });
    Ok(Grant::done(note))
}

fn text<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    given(body.get(name).and_then(Value::as_str))
}

/// Somebody whom the account never saw: 40003; who has gone: 45015; who wants no messages: 48002.
fn reachable<'a>(account: &'a mut Account, openid: &str) -> Result<&'a mut User, Refusal> {
    if account.users.find(openid).is_none() {
        return Err(Refusal::INVALID_OPENID);
    }
    let user = account.users.follower_mut(openid).ok_or(Refusal::WINDOW_CLOSED)?;
    if user.blocks_messages { Err(Refusal::USER_BLOCKS) } else { Ok(user) }
}

#[derive(Deserialize)]
struct Typing {
    touser: Option<String>,
    command: Option<String>,
}

/// Seconds within which a message must have gone to the person or come from them.
const TYPING_AFTER: i64 = 30;

/// `POST /cgi-bin/message/custom/typing`. The state ends with `CancelTyping`, with a message, or after 30 seconds.
pub(super) fn typing(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Typing = call.json()?;
    let openid = given(body.touser.as_deref()).ok_or(Refusal::INVALID_OPENID)?;
    let since = account.now - TYPING_AFTER;
    let has_talked = reachable(account, openid)?.last_message.is_some_and(|last| last >= since);
    match body.command.as_deref() {
        Some("Typing") if !has_talked => Err(Refusal::TYPING_NEEDS_MESSAGE),
        Some("Typing") if account.typing.get(openid).is_some_and(|begun| *begun > since) => {
            Err(Refusal::ALREADY_TYPING)
        }
        Some("Typing") => {
            account.typing.retain(|_, begun| *begun > since);
            account.typing.insert(openid.to_owned(), account.now);
            Ok(Grant::done(format!("typing to {openid}")))
        }
        Some("CancelTyping") => {
            account.typing.remove(openid);
            Ok(Grant::done(format!("no longer typing to {openid}")))
        }
        _ => Err(Refusal::TYPING_COMMAND),
    }
}
