mod connector;
mod hop;
mod route;

use crate::{
    Limits, Transport, TransportError, TransportErrorKind, TransportOptions, answer_body::AnswerBody,
    failure, options::Proxy, outgoing, tls,
};
use async_trait::async_trait;
use bytes::Bytes;
use connector::Connector;
use http::{HeaderValue, Request, Response, header::PROXY_AUTHORIZATION, uri::Scheme};
use http_body_util::{BodyExt, Full};
use hyper::body::Body;
use hyper_util::{
    client::{legacy, proxy::matcher::Matcher},
    rt::{TokioExecutor, TokioTimer},
};
use std::{fmt, sync::Arc};

/// A [`Transport`] over hyper's own client: HTTP/1.1, rustls, a connection pool, and less work for each call than
/// [`ReqwestTransport`](crate::ReqwestTransport).
///
/// It follows no redirect, repeats nothing that was sent, keeps no cookies, and uses no proxy but that of its options.
/// Clones share the pool. It works inside a tokio runtime with I/O and time.
#[derive(Clone)]
pub struct HyperTransport {
    client: Result<Client, Arc<TransportError>>,
    user_agent: HeaderValue,
    limits: Limits,
}

#[derive(Clone)]
struct Client {
    pool: legacy::Client<Connector, Full<Bytes>>,
    proxies: Option<Arc<Matcher>>,
}

impl HyperTransport {
    /// A transport with the defaults of [`TransportOptions`].
    ///
    /// Should the TLS library be unusable on this machine, every [`send`](Transport::send) says so.
    pub fn new() -> Self {
        let options = TransportOptions::default();
        Self {
            client: Client::new(&options).map_err(Arc::new),
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
            client: Ok(Client::new(options)?),
            user_agent: outgoing::user_agent(&options.user_agent)?,
            limits: options.limits,
        })
    }
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").field("limits", &self.limits).finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for HyperTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let sending = self.begin(request)?;
        tokio::time::timeout(self.limits.total, received(sending, self.limits.body))
            .await
            .unwrap_or_else(|_| Err(TransportErrorKind::Timeout.into()))
    }
}

impl HyperTransport {
    /// Not a part of `send`, so that its future, which is allocated for each call, does not hold the request too.
    fn begin(&self, mut request: Request<Bytes>) -> Result<legacy::ResponseFuture, TransportError> {
        let client = self.client.as_ref().map_err(|broken| {
            TransportError::new(TransportErrorKind::Request).with_source(Arc::clone(broken))
        })?;
        outgoing::prepare(&mut request, &self.user_agent)?;
        Ok(client.begin(request.map(Full::new)))
    }
}

impl Client {
    fn new(options: &TransportOptions) -> Result<Self, TransportError> {
        options.proxy.check()?;
        let proxies = proxies(&options.proxy).map(Arc::new);
        let connector = Connector::new(tls::config(options)?, proxies.clone(), options.limits.connect);
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(options.idle_limit);
        if options.idle_limit.is_zero() {
            builder.pool_max_idle_per_host(0);
        }
        Ok(Self { pool: builder.build(connector), proxies })
    }

    fn begin(&self, mut request: Request<Full<Bytes>>) -> legacy::ResponseFuture {
        self.authorize(&mut request);
        self.pool.request(request)
    }

    /// A proxy reads the head of what is sent to a plain http address, and wants to know who we are.
    fn authorize(&self, request: &mut Request<Full<Bytes>>) {
        let Some(proxies) = &self.proxies else { return };
        if request.uri().scheme() == Some(&Scheme::HTTP)
            && let Some(proxy) = proxies.intercept(request.uri())
            && let Some(credentials) = proxy.basic_auth()
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, credentials.clone());
        }
    }
}

fn proxies(proxy: &Proxy) -> Option<Matcher> {
    match proxy {
        Proxy::None => None,
        Proxy::Environment => Some(Matcher::from_system()),
        Proxy::Address(address) => Some(Matcher::builder().all(address.as_str()).build()),
    }
}

async fn received(sending: legacy::ResponseFuture, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let (mut head, mut incoming) = sending.await.map_err(from_hyper)?.into_parts();
    let mut body = AnswerBody::new(limit, incoming.size_hint().lower())?;
    while let Some(frame) = incoming.frame().await {
        // Trailers are of no interest.
        if let Ok(piece) = frame.map_err(broken)?.into_data() {
            body.push(piece)?;
        }
    }
    let body = body.finish(&mut head.headers)?;
    Ok(Response::from_parts(head, body))
}

fn from_hyper(error: legacy::Error) -> TransportError {
    let kind = if error.is_connect() { failure::connecting(&error) } else { failure::exchanging(&error) };
    TransportError::new(kind).with_source(error)
}

fn broken(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::BrokenAnswer).with_source(error)
}
