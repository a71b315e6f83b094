//! Tags (标签管理, protocol §10.3).

use super::{Call, Grant, Refusal, call::given};
use crate::platform::{Account, Tags};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Body {
    tag: Option<TagBody>,
}

#[derive(Deserialize)]
struct TagBody {
    id: Option<u32>,
    name: Option<String>,
}

#[derive(Serialize)]
struct Created<'a> {
    tag: Named<'a>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: u32,
    name: &'a str,
}

const MOST_TAGS: usize = 100;
const LONGEST_NAME: usize = 30;

/// `POST /cgi-bin/tags/create`.
pub(super) fn create(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body = body(call)?;
    let name = name(account, body.name.as_deref())?;
    if account.tags.made() >= MOST_TAGS {
        return Err(Refusal::TOO_MANY_TAGS);
    }
    let id = account.tags.create(&name);
    Ok(Grant::json(&Created { tag: Named { id, name: &name } }, format!("tag {id} {name:?}")))
}

#[derive(Serialize)]
struct All<'a> {
    tags: Vec<Counted<'a>>,
}

#[derive(Serialize)]
struct Counted<'a> {
    id: u32,
    name: &'a str,
    count: usize,
}

/// `GET /cgi-bin/tags/get`.
#[expect(clippy::unnecessary_wraps, reason = "every call may refuse")]
pub(super) fn get(account: &mut Account, _: &Call) -> Result<Grant, Refusal> {
    let counted = |(id, name)| Counted { id, name, count: account.users.count_with_tag(id) };
    let tags: Vec<_> = account.tags.all().map(counted).collect();
    let note = format!("{} tags", tags.len());
    Ok(Grant::json(&All { tags }, note))
}

/// `POST /cgi-bin/tags/update`.
pub(super) fn update(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body = body(call)?;
    let id = own_tag(account, body.id)?;
    let name = name(account, body.name.as_deref())?;
    account.tags.rename(id, &name);
    Ok(Grant::done(format!("tag {id} is {name:?}")))
}

/// `POST /cgi-bin/tags/delete`.
pub(super) fn delete(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let id = own_tag(account, body(call)?.id)?;
    if account.users.count_with_tag(id) > account.options.largest_tag_to_delete {
        return Err(Refusal::TAG_TOO_LARGE);
    }
    account.tags.delete(id, &mut account.users);
    Ok(Grant::done(format!("tag {id} is gone")))
}

fn body(call: &Call) -> Result<TagBody, Refusal> {
    call.json::<Body>()?.tag.ok_or(Refusal::MISSING_FIELDS)
}

fn own_tag(account: &Account, id: Option<u32>) -> Result<u32, Refusal> {
    let id = id.ok_or(Refusal::INVALID_TAG_ID)?;
    if Tags::is_built_in(id) {
        return Err(Refusal::SYSTEM_TAG);
    }
    Some(id).filter(|id| account.tags.exists(*id)).ok_or(Refusal::INVALID_TAG_ID)
}

fn name(account: &Account, name: Option<&str>) -> Result<String, Refusal> {
    let name = given(name).ok_or(Refusal::INVALID_TAG_NAME)?;
    if name.len() > LONGEST_NAME {
        return Err(Refusal::TAG_NAME_TOO_LONG);
    }
    if account.tags.is_taken(name) {
        return Err(Refusal::INVALID_TAG_NAME);
    }
    Ok(name.to_owned())
}
