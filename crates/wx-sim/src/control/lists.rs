//! What the account has: pages of codes, followers and messages.

use super::{Answered, answers::ok, read::number};
use crate::{CreatedCode, CustomMessage, Person, stage::Stage};
use axum::extract::{Request, State};
use serde_json::{Value, json};

/// So many at a time unless `limit` says less or more.
const A_PAGE: u64 = 100;
const LONGEST_PAGE: u64 = 1000;

/// `?after=NUMBER&limit=`: oldest first.
pub(super) async fn codes(State(stage): State<Stage>, request: Request) -> Answered {
    let (after, limit) = page(&request)?;
    let account = stage.platform.account();
    let codes = account.codes.after(after).take(limit).map(|code| {
        let mut json = code_json(&CreatedCode::from(code));
        json["action_name"] = code.action_name().into();
        json
    });
    Ok(ok(&json!({ "permanent": account.codes.permanent(), "codes": codes.collect::<Vec<_>>() })))
}

/// `?after=NUMBER&limit=`: oldest first.
pub(super) async fn messages(State(stage): State<Stage>, request: Request) -> Answered {
    let (after, limit) = page(&request)?;
    let account = stage.platform.account();
    let messages = account.messages.after(after).take(limit).map(message_json);
    Ok(ok(&json!({ "messages": messages.collect::<Vec<_>>() })))
}

/// `?after=COUNT&limit=`: in the order in which they followed, without the first so many.
pub(super) async fn followers(State(stage): State<Stage>, request: Request) -> Answered {
    let (after, limit) = page(&request)?;
    let skip = usize::try_from(after).unwrap_or(usize::MAX);
    let account = stage.platform.account();
    let followers = account.users.followers_after(None).into_iter().flatten().skip(skip).take(limit);
    let followers = followers.map(|(openid, user)| person_json(&Person::of(openid, user)));
    Ok(ok(&json!({ "total": account.users.total(), "followers": followers.collect::<Vec<_>>() })))
}

pub(super) fn page(request: &Request) -> Result<(u64, usize), super::Refused> {
    let limit = number(request, "limit", A_PAGE)?.min(LONGEST_PAGE);
    Ok((number(request, "after", 0)?, usize::try_from(limit).unwrap_or_default()))
}

fn code_json(code: &CreatedCode) -> Value {
    json!({
        "number": code.number, "ticket": code.ticket, "url": code.url, "scene": code.scene,
        "created": code.created, "expires": code.expires,
    })
}

fn message_json(message: &CustomMessage) -> Value {
    let content: Value = serde_json::from_str(&message.content).unwrap_or_default();
    json!({
        "number": message.number, "time": message.time, "openid": message.openid, "kind": message.kind,
        "content": content, "kf_account": message.kf_account,
    })
}

fn person_json(person: &Person) -> Value {
    json!({
        "openid": person.openid, "subscribe_time": person.subscribe_time,
        "subscribe_scene": person.subscribe_scene.name(), "scene": person.scene, "remark": person.remark,
        "tags": person.tags, "blocks_messages": person.blocks_messages,
    })
}
