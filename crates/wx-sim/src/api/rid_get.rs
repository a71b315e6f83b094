use super::{Call, Grant, Refusal, call::Done};
use crate::platform::{Account, FoundRid};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Body {
    rid: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    request: Request<'a>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the platform's names")]
struct Request<'a> {
    invoke_time: i64,
    cost_in_ms: u32,
    request_url: &'a str,
    request_body: &'a str,
    response_body: &'a str,
    client_ip: &'a str,
}

/// `POST /cgi-bin/openapi/rid/get`: what became of a refused call of the last seven days (protocol §5.4). Secrets
/// and tokens do not show.
pub(super) fn rid_get(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Body = call.json()?;
    let rid = body.rid.filter(|rid| is_rid(rid)).ok_or(Refusal::RID_INVALID)?;
    match account.rids.find(&rid, account.now) {
        FoundRid::Unknown => Err(Refusal::RID_NOT_FOUND),
        FoundRid::Expired => Err(Refusal::RID_EXPIRED),
        FoundRid::Request(found) => {
            let request = Request {
                invoke_time: found.time,
                cost_in_ms: 1,
                request_url: &found.query,
                request_body: &found.body,
                response_body: &found.answer,
                client_ip: &found.caller,
            };
            Ok(Grant::json(&Done::with(Answer { request }), "a request"))
        }
    }
}

/// Three groups of eight hex digits.
fn is_rid(text: &str) -> bool {
    let is_group = |group: &str| group.len() == 8 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('-').count() == 3 && text.split('-').all(is_group)
}
