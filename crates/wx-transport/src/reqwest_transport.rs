mod failure;
mod options;

pub use options::ReqwestOptions;

use crate::{Transport, TransportError, TransportErrorKind};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use std::{fmt, sync::Arc};

/// A [`Transport`] over `reqwest`: HTTP/1.1, rustls, a connection pool.
///
/// It follows no redirect, repeats nothing, keeps no cookies, and uses no proxy but the one given by
/// [`ReqwestOptions::proxy`] (the environment variables are not read). Clones share the pool.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: Result<reqwest::Client, Arc<TransportError>>,
    body_limit: usize,
}

impl ReqwestTransport {
    /// A transport with the defaults of [`ReqwestOptions`].
    ///
    /// Should the TLS library be unusable on this machine, every [`send`](Transport::send) says so.
    pub fn new() -> Self {
        let options = ReqwestOptions::default();
        Self { client: options.client().map_err(Arc::new), body_limit: options.body_limit }
    }

    /// A transport with these options.
    ///
    /// # Errors
    ///
    /// Kind [`Request`](TransportErrorKind::Request) if an option is not valid.
    pub fn with_options(options: &ReqwestOptions) -> Result<Self, TransportError> {
        Ok(Self { client: Ok(options.client()?), body_limit: options.body_limit })
    }
}

impl Default for ReqwestTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The client prints its proxy, whose address may hold a password.
        f.debug_struct("ReqwestTransport").field("body_limit", &self.body_limit).finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let client = self.client.as_ref().map_err(|broken| {
            TransportError::new(TransportErrorKind::Request).with_source(Arc::clone(broken))
        })?;
        let request = reqwest::Request::try_from(request).map_err(failure::from_reqwest)?;
        let mut answer = client.execute(request).await.map_err(failure::from_reqwest)?;
        let body = read(&mut answer, self.body_limit).await?;
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.version_mut() = answer.version();
        std::mem::swap(response.headers_mut(), answer.headers_mut());
        Ok(response)
    }
}

async fn read(answer: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let announced = answer.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |announced| announced > limit) {
        return Err(failure::too_large(limit));
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(failure::from_reqwest)? {
        if chunk.len() > limit - body.len() {
            return Err(failure::too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
