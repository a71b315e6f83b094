//! Long texts behind short keys (短 key 托管, protocol §4.2).

use super::{
    Call, Grant, Refusal,
    call::{Done, given},
};
use crate::platform::Account;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Gen {
    long_data: Option<String>,
    expire_seconds: Option<u32>,
}

#[derive(Serialize)]
struct Generated {
    short_key: String,
}

const LONGEST_DATA: usize = 4096;
/// Thirty days, which is also what counts when nothing is said.
const LONGEST_LIFE: u32 = 2_592_000;

/// `POST /cgi-bin/shorten/gen`.
pub(super) fn generate(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Gen = call.json()?;
    let text = body.long_data.filter(|text| !text.is_empty()).ok_or(Refusal::ARGUMENT_INVALID)?;
    let seconds = body.expire_seconds.unwrap_or(LONGEST_LIFE);
    if text.len() > LONGEST_DATA {
        return Err(Refusal::LONG_DATA_TOO_LONG);
    }
    if seconds > LONGEST_LIFE {
        return Err(Refusal::EXPIRE_TOO_LARGE);
    }
    let note = format!("a key for {} bytes for {seconds} s", text.len());
    let short_key = account.short_keys.create(text, account.now, seconds, &account.random);
    Ok(Grant::json(&Done::with(Generated { short_key }), note))
}

#[derive(Deserialize)]
struct Fetch {
    short_key: Option<String>,
}

#[derive(Serialize)]
struct Fetched<'a> {
    long_data: &'a str,
    create_time: i64,
    /// What remains.
    expire_seconds: i64,
}

/// `POST /cgi-bin/shorten/fetch`.
pub(super) fn fetch(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: Fetch = call.json()?;
    let key = given(body.short_key.as_deref()).ok_or(Refusal::ARGUMENT_INVALID)?;
    let (long, expire_seconds) =
        account.short_keys.find(key, account.now).ok_or(Refusal::SHORT_KEY_NOT_FOUND)?;
    let fetched = Fetched { long_data: &long.text, create_time: long.created, expire_seconds };
    Ok(Grant::json(&Done::with(fetched), format!("{} bytes", long.text.len())))
}
