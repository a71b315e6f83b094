use crate::TransportError;
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::{fmt::Debug, sync::Arc};

/// Sends one HTTP request and returns the whole answer.
///
/// Everything about the connection belongs to the implementation: names, TLS, pooling, time limits and the size
/// limit of the answer. Everything about meaning belongs to the caller: an answer with any status, 200 or 503, is
/// `Ok`. An implementation follows no redirect and repeats nothing on its own.
///
/// The request's URI is absolute (`https://host/path?query`).
#[async_trait]
pub trait Transport: Send + Sync + Debug {
    /// Sends the request and waits for the whole answer. Dropping the future gives the request up; the server may
    /// have received it.
    ///
    /// # Errors
    ///
    /// [`TransportError`] when there is no whole answer. Its text and its sources never contain the query, because
    /// secrets stand there.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

#[async_trait]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request).await
    }
}
