use crate::{TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use flate2::bufread::MultiGzDecoder;
use http::{
    HeaderMap,
    header::{CONTENT_ENCODING, CONTENT_LENGTH},
};
use std::{io::Read, mem};

/// The body of an answer while it arrives, never larger than the limit.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    limit: usize,
    /// Most answers come in one piece, which is then not copied.
    only: Bytes,
    joined: BytesMut,
}

impl AnswerBody {
    /// Refuses at once what is announced to be too large.
    pub(crate) fn new(limit: usize, announced: u64) -> Result<Self, TransportError> {
        if usize::try_from(announced).map_or(true, |announced| announced > limit) {
            return Err(too_large(limit));
        }
        Ok(Self { limit, only: Bytes::new(), joined: BytesMut::new() })
    }

    pub(crate) fn push(&mut self, piece: Bytes) -> Result<(), TransportError> {
        if piece.len() > self.limit - self.only.len() - self.joined.len() {
            return Err(too_large(self.limit));
        }
        if self.only.is_empty() && self.joined.is_empty() {
            self.only = piece;
        } else {
            self.joined.extend_from_slice(&mem::take(&mut self.only));
            self.joined.extend_from_slice(&piece);
        }
        Ok(())
    }

    /// The whole body, without a compression by gzip, which some gateways apply unasked.
    pub(crate) fn finish(self, headers: &mut HeaderMap) -> Result<Bytes, TransportError> {
        let body = if self.joined.is_empty() { self.only } else { self.joined.freeze() };
        if body.is_empty() || !is_gzip(headers) {
            return Ok(body);
        }
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
        unzip(&body, self.limit)
    }
}

fn is_gzip(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let only = encodings.next().filter(|_| encodings.next().is_none());
    only.is_some_and(|name| {
        name.as_bytes().eq_ignore_ascii_case(b"gzip") || name.as_bytes().eq_ignore_ascii_case(b"x-gzip")
    })
}

/// A few bytes may stand for gigabytes: never more than one byte above the limit is made of them.
fn unzip(body: &[u8], limit: usize) -> Result<Bytes, TransportError> {
    let mut plain = Vec::new();
    let enough = u64::try_from(limit).map_or(u64::MAX, |limit| limit.saturating_add(1));
    MultiGzDecoder::new(body)
        .take(enough)
        .read_to_end(&mut plain)
        .map_err(|error| TransportError::new(TransportErrorKind::BrokenAnswer).with_source(error))?;
    if plain.len() > limit { Err(too_large(limit)) } else { Ok(plain.into()) }
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge).with_source(format!("the limit is {limit} bytes"))
}
