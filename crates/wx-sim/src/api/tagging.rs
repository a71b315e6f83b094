//! Who has which tags (用户标签, protocol §10.3).

use super::{Call, Grant, Refusal};
use crate::platform::Account;
use serde::{Deserialize, Serialize};

const MOST_AT_ONCE: usize = 50;
const MOST_ON_ONE: usize = 20;

#[derive(Deserialize)]
struct Tagging {
    openid_list: Vec<String>,
    tagid: Option<u32>,
}

/// `POST /cgi-bin/tags/members/batchtagging`: all of them or, when one cannot be tagged, nobody.
pub(super) fn batchtagging(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let (tag, openids) = tagging(account, call)?;
    let is_full = |openid: &String| {
        let tags = account.users.find(openid).map(|user| user.tags.as_slice()).unwrap_or_default();
        tags.len() >= MOST_ON_ONE && !tags.contains(&tag)
    };
    if openids.iter().any(is_full) {
        return Err(Refusal::TOO_MANY_TAGS_ON_USER);
    }
    for openid in &openids {
        if let Some(user) = account.users.follower_mut(openid).filter(|user| !user.tags.contains(&tag)) {
            user.tags.push(tag);
        }
    }
    Ok(Grant::done(format!("tag {tag} on {} people", openids.len())))
}

/// `POST /cgi-bin/tags/members/batchuntagging`.
pub(super) fn batchuntagging(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let (tag, openids) = tagging(account, call)?;
    for openid in &openids {
        if let Some(user) = account.users.follower_mut(openid) {
            user.tags.retain(|one| *one != tag);
        }
    }
    Ok(Grant::done(format!("tag {tag} off {} people", openids.len())))
}

fn tagging(account: &Account, call: &Call) -> Result<(u32, Vec<String>), Refusal> {
    let Tagging { openid_list, tagid } = call.json()?;
    let tag = tagid.filter(|tag| account.tags.exists(*tag)).ok_or(Refusal::INVALID_TAG_ID)?;
    if !(1..=MOST_AT_ONCE).contains(&openid_list.len()) {
        return Err(Refusal::OPENID_COUNT);
    }
    if openid_list.iter().any(|openid| !account.users.is_follower(openid)) {
        return Err(Refusal::INVALID_OPENID);
    }
    Ok((tag, openid_list))
}

#[derive(Deserialize)]
struct Person {
    openid: Option<String>,
}

#[derive(Serialize)]
struct TagIds {
    tagid_list: Vec<u32>,
}

/// `POST /cgi-bin/tags/getidlist`.
pub(super) fn getidlist(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let openid = call.json::<Person>()?.openid.ok_or(Refusal::OPENID_MISSING)?;
    let user = account.users.find(&openid).filter(|user| user.follows).ok_or(Refusal::INVALID_OPENID)?;
    let tagid_list = user.tags.clone();
    let note = format!("{} tags", tagid_list.len());
    Ok(Grant::json(&TagIds { tagid_list }, note))
}
