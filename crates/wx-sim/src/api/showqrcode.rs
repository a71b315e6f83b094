use super::{Call, exchange::Decision, http_date::http_date};
use crate::{fault::Reply, picture, platform::Platform};
use http::{HeaderValue, StatusCode, header};

pub(super) const PATH: &str = "/cgi-bin/showqrcode";

/// `GET /cgi-bin/showqrcode?ticket=`: the picture, or 404 for a ticket that is unknown, expired or encoded twice
/// (protocol §3). It asks for no token.
pub(super) fn decide(platform: &Platform, call: &Call) -> Decision {
    // Drawn outside the lock: it takes milliseconds.
    let (text, now) = picture_text(platform, call.parameter("ticket").unwrap_or_default());
    let found = text.and_then(|text| picture::jpeg(&text));
    let note = if found.is_some() { "a picture" } else { "no picture" };
    let reply = match found {
        Some(bytes) => shown(bytes, now),
        None => Reply::new(StatusCode::NOT_FOUND, "text/html; charset=utf-8", NOT_FOUND),
    };
    Decision { errcode: 0, note: note.to_owned(), reply }
}

/// The body of the platform's 404 is unknown; an error page is what a careless client would store as a picture.
const NOT_FOUND: &str = "<!DOCTYPE html><title>404</title><h1>404 Not Found</h1>\n";
const WEEK: i64 = 604_800;

fn picture_text(platform: &Platform, ticket: &str) -> (Option<String>, i64) {
    let account = platform.account();
    let code = account.codes.find(ticket).filter(|code| code.has_picture && !code.is_expired(account.now));
    (code.map(|code| code.url.clone()), account.now)
}

fn shown(bytes: Vec<u8>, now: i64) -> Reply {
    // The label is not the registered `image/jpeg`, and readers must live with that.
    let reply = Reply::new(StatusCode::OK, "image/jpg", bytes)
        .with(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"))
        .with(header::CACHE_CONTROL, HeaderValue::from_static("max-age=604800"));
    match http_date(now.saturating_add(WEEK)) {
        Some(value) => reply.with(header::EXPIRES, value),
        None => reply,
    }
}
