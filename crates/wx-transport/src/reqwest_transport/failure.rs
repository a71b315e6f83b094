#![expect(clippy::disallowed_types, reason = "the only door through which an error of reqwest gets out")]

use crate::{TransportError, TransportErrorKind, failure};

/// Without the URL, whose query may hold secrets.
pub(super) fn from_reqwest(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error)).with_source(error)
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_builder() {
        TransportErrorKind::Request
    } else if error.is_connect() {
        // Before the total limit: a limit that ends while connecting is still certain not to have sent anything.
        match failure::connecting(error) {
            TransportErrorKind::Connect if error.is_timeout() => TransportErrorKind::ConnectTimeout,
            kind => kind,
        }
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_request() {
        failure::exchanging(error)
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::BrokenAnswer
    } else {
        TransportErrorKind::Other
    }
}
