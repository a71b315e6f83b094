//! The sample account, its queries and its bodies.

use std::fs;
use wx_crypto::EncodingAesKey;
use wx_events::{Callback, CallbackQuery, ReceivedPush};
use wx_model::{AppId, CallbackToken};

pub(crate) const TOKEN: &str = "ChannelToken2026";
pub(crate) const KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
pub(crate) const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
/// The timestamp of the sample queries.
pub(crate) const NOW: i64 = 1_767_229_200;

pub(crate) fn token() -> CallbackToken {
    CallbackToken::from(TOKEN)
}

pub(crate) fn key() -> EncodingAesKey {
    KEY.parse().unwrap()
}

pub(crate) fn app_id() -> AppId {
    AppId::from(APP_ID)
}

pub(crate) fn plain() -> Callback {
    Callback::plain(token())
}

pub(crate) fn compatible() -> Callback {
    Callback::compatible(token(), key(), app_id())
}

pub(crate) fn safe() -> Callback {
    Callback::safe(token(), key(), app_id())
}

/// A file below `tests/fixtures/`.
pub(crate) fn fixture(path: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file without the newline at its end.
pub(crate) fn fixture_line(path: &str) -> String {
    String::from_utf8(fixture(path)).unwrap().trim_end().to_owned()
}

/// The query of `callback_queries.txt` that stands below the comment line beginning so.
pub(crate) fn sample_query(comment: &str) -> CallbackQuery {
    let file = fixture_line("envelopes/callback_queries.txt");
    let mut lines = file.lines().skip_while(|line| !line.starts_with(comment));
    let address = lines.nth(1).unwrap();
    CallbackQuery::parse(address.split_once('?').unwrap().1)
}

pub(crate) fn get_query() -> CallbackQuery {
    sample_query("# GET verify")
}

pub(crate) fn plain_query() -> CallbackQuery {
    sample_query("# POST plain")
}

pub(crate) fn encrypted_query() -> CallbackQuery {
    sample_query("# POST safe")
}

/// A query that is signed for `encrypt`.
pub(crate) fn query_for(token: &str, encrypt: &str) -> CallbackQuery {
    let mut query = encrypted_query();
    query.msg_signature = wx_crypto::signature([token, &query.timestamp, &query.nonce, encrypt]);
    query
}

pub(crate) fn envelope(encrypt: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    )
}

pub(crate) fn received_plain(file: &str) -> ReceivedPush {
    plain().open(&plain_query(), &fixture(file), NOW).unwrap()
}

pub(crate) fn received_encrypted() -> ReceivedPush {
    safe().open(&encrypted_query(), &fixture("envelopes/encrypted_push_envelope.xml"), NOW).unwrap()
}
