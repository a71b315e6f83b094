use super::{answer, parse_query};
use crate::{picture, platform::Platform, transcript::EntryKind};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

/// `GET /cgi-bin/showqrcode?ticket=`: the picture, or 404 for a ticket that is unknown, expired or encoded twice
/// (protocol §3). It asks for no token.
pub(super) async fn showqrcode(State(platform): State<Arc<Platform>>, RawQuery(query): RawQuery) -> Response {
    let query = parse_query(&query.unwrap_or_default());
    let ticket = query.iter().find(|(key, _)| key == "ticket").map_or("", |(_, value)| value);
    let found = platform.picture_text(ticket).and_then(|text| picture::jpeg(&text));
    let note = if found.is_some() { "a picture" } else { "no picture" };
    let response = match found {
        Some(bytes) => shown(bytes, platform.clock().now()),
        None => answer(StatusCode::NOT_FOUND, "text/html; charset=utf-8", NOT_FOUND),
    };
    record(&platform, response.status(), note);
    response
}

/// The body of the platform's 404 is unknown; an error page is what a careless client would store as a picture.
const NOT_FOUND: &str = "<!DOCTYPE html><title>404</title><h1>404 Not Found</h1>\n";
const WEEK: i64 = 604_800;

fn shown(bytes: Vec<u8>, now: i64) -> Response {
    // The label is not the registered `image/jpeg`, and readers must live with that.
    let mut response = answer(StatusCode::OK, "image/jpg", bytes);
    add_cache_headers(response.headers_mut(), now);
    response
}

fn add_cache_headers(headers: &mut HeaderMap, now: i64) {
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=604800"));
    // The date format ends with the year 9999; a clock beyond it gets no header.
    let end = u64::try_from(now + WEEK).ok().filter(|end| *end < YEAR_9999);
    let text = end.map(|end| httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(end)));
    if let Some(value) = text.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(header::EXPIRES, value);
    }
}

const YEAR_9999: u64 = 253_370_764_800;

fn record(platform: &Platform, status: StatusCode, note: &str) {
    platform.transcript.add(EntryKind::Call {
        method: "GET".to_owned(),
        path: "/cgi-bin/showqrcode".to_owned(),
        status: status.as_u16(),
        errcode: 0,
        note: note.to_owned(),
    });
}
