mod failure;

use crate::{
    Limits, Transport, TransportError, TransportErrorKind, TransportOptions, answer_body::AnswerBody,
    options::Proxy, outgoing, tls,
};
use async_trait::async_trait;
use bytes::Bytes;
use failure::from_reqwest;
use http::{HeaderValue, Request, Response};
use std::{fmt, sync::Arc};

/// A [`Transport`] over `reqwest`: HTTP/1.1, rustls, a connection pool.
///
/// It follows no redirect, repeats nothing that was sent, keeps no cookies, and uses no proxy but that of its options.
/// Clones share the pool. It works inside a tokio runtime with I/O and time.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: Result<reqwest::Client, Arc<TransportError>>,
    user_agent: HeaderValue,
    limits: Limits,
}

impl ReqwestTransport {
    /// A transport with the defaults of [`TransportOptions`].
    ///
    /// Should the TLS library be unusable on this machine, every [`send`](Transport::send) says so.
    pub fn new() -> Self {
        let options = TransportOptions::default();
        Self {
            client: client(&options).map_err(Arc::new),
            user_agent: HeaderValue::from_static(TransportOptions::USER_AGENT),
            limits: options.limits,
        }
    }

    /// A transport with these options.
    ///
    /// # Errors
    ///
    /// Kind [`Request`](TransportErrorKind::Request) if an option is not valid.
    pub fn with_options(options: &TransportOptions) -> Result<Self, TransportError> {
        Ok(Self {
            client: Ok(client(options)?),
            user_agent: outgoing::user_agent(&options.user_agent)?,
            limits: options.limits,
        })
    }
}

/// What features of `reqwest` other crates switch on must not matter.
fn client(options: &TransportOptions) -> Result<reqwest::Client, TransportError> {
    options.proxy.check()?;
    let builder = reqwest::Client::builder()
        .connect_timeout(options.limits.connect)
        .timeout(options.limits.total)
        .pool_idle_timeout(options.idle_limit)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .no_gzip()
        .no_deflate()
        .no_brotli()
        .no_zstd()
        .no_hickory_dns()
        .tls_backend_preconfigured(tls::config(options)?);
    let builder = match &options.proxy {
        Proxy::None => builder.no_proxy(),
        Proxy::Environment => builder,
        Proxy::Address(address) => builder.proxy(reqwest::Proxy::all(address).map_err(from_reqwest)?),
    };
    // Zero would mean that idle connections are kept for ever.
    let builder = if options.idle_limit.is_zero() { builder.pool_max_idle_per_host(0) } else { builder };
    builder.build().map_err(from_reqwest)
}

impl Default for ReqwestTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The client prints its proxy, whose address may hold a password.
        f.debug_struct("ReqwestTransport").field("limits", &self.limits).finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let client = self.client.as_ref().map_err(|broken| {
            TransportError::new(TransportErrorKind::Request).with_source(Arc::clone(broken))
        })?;
        outgoing::prepare(&mut request, &self.user_agent)?;
        let request = reqwest::Request::try_from(request).map_err(from_reqwest)?;
        let answer = client.execute(request).await.map_err(from_reqwest)?;
        received(answer, self.limits.body).await
    }
}

async fn received(mut answer: reqwest::Response, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let mut body = AnswerBody::new(limit, answer.content_length().unwrap_or(0))?;
    while let Some(piece) = answer.chunk().await.map_err(from_reqwest)? {
        body.push(piece)?;
    }
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = answer.status();
    *response.version_mut() = answer.version();
    std::mem::swap(response.headers_mut(), answer.headers_mut());
    *response.body_mut() = body.finish(response.headers_mut())?;
    Ok(response)
}
