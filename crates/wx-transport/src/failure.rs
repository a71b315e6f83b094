use crate::TransportErrorKind;
use std::{error::Error, io};

/// What failed while there was no connection yet.
pub(crate) fn connecting(error: &(dyn Error + 'static)) -> TransportErrorKind {
    if causes(error).any(<dyn Error>::is::<rustls::Error>) {
        TransportErrorKind::Tls
    } else if causes(error).any(is_timeout) {
        TransportErrorKind::ConnectTimeout
    } else {
        TransportErrorKind::Connect
    }
}

/// What failed on a connection, before the head of the answer was there.
pub(crate) fn exchanging(error: &(dyn Error + 'static)) -> TransportErrorKind {
    match causes(error).find_map(<dyn Error>::downcast_ref::<hyper::Error>) {
        // The connection ended before it took the request from the queue.
        Some(error) if error.is_canceled() || error.is_closed() => TransportErrorKind::Connect,
        Some(error) if error.is_parse() => TransportErrorKind::BrokenAnswer,
        _ => TransportErrorKind::NoAnswer,
    }
}

/// An error and all that is behind it.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| cause(*error))
}

/// Also what `io::Error` wraps and passes over in its `source`.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

fn is_timeout(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}
