use http::HeaderValue;
use std::time::{Duration, UNIX_EPOCH};

/// A second as headers write it. The format ends with the year 9999; a clock beyond it gets no header.
pub(super) fn http_date(second: i64) -> Option<HeaderValue> {
    let second = u64::try_from(second).ok().filter(|second| *second < YEAR_9999)?;
    HeaderValue::try_from(httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(second))).ok()
}

const YEAR_9999: u64 = 253_370_764_800;
