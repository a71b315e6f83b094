//! Pages of followers: all of them (protocol §10.2), and those with a tag (§10.3).

use super::{Call, Grant, Refusal, call::given};
use crate::platform::Account;
use serde::{Deserialize, Serialize};

/// `data` is absent on an empty page.
#[derive(Serialize)]
struct Page {
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<OpenIds>,
    next_openid: String,
}

#[derive(Serialize)]
struct OpenIds {
    openid: Vec<String>,
}

/// `GET /cgi-bin/user/get`, in the order in which they followed.
pub(super) fn user_get(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let page = page(account, call.parameter("next_openid"), None)?;
    Ok(grant(&Page { total: Some(account.users.total()), ..page }))
}

#[derive(Deserialize)]
struct TagBody {
    tagid: Option<u32>,
    next_openid: Option<String>,
}

/// `POST /cgi-bin/user/tag/get`.
pub(super) fn user_tag_get(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: TagBody = call.json()?;
    let tag = body.tagid.filter(|tag| account.tags.exists(*tag)).ok_or(Refusal::INVALID_TAG_ID)?;
    Ok(grant(&page(account, given(body.next_openid.as_deref()), Some(tag))?))
}

fn page(account: &Account, after: Option<&str>, tag: Option<u32>) -> Result<Page, Refusal> {
    let followers = account.users.followers_after(after).ok_or(Refusal::INVALID_OPENID)?;
    let meant = followers.filter(|(_, user)| tag.is_none_or(|tag| user.tags.contains(&tag)));
    let openid: Vec<_> = meant.take(account.options.page_size).map(|(openid, _)| openid.to_owned()).collect();
    let next_openid = openid.last().cloned().unwrap_or_default();
    let count = openid.len();
    Ok(Page { total: None, count, data: (count > 0).then_some(OpenIds { openid }), next_openid })
}

fn grant(page: &Page) -> Grant {
    let note = format!("{} followers", page.count);
    Grant::json(page, note)
}
