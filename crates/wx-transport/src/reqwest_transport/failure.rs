use crate::{TransportError, TransportErrorKind};

/// The only door through which an error of `reqwest` gets out, because it prints the URL with its query.
pub(super) fn from_reqwest(error: reqwest::Error) -> TransportError {
    TransportError::new(kind(&error)).with_source(error.without_url())
}

pub(super) fn too_large(limit: usize) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge).with_source(format!("the limit is {limit} bytes"))
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_builder() {
        TransportErrorKind::Request
    } else if error.is_connect() {
        // Before the time limit: a limit that ends while connecting is still certain not to have sent anything.
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_request() || error.is_body() || error.is_decode() {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Other
    }
}
