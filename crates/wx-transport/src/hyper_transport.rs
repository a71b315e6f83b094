mod connector;
mod line;
mod pool;
mod route;

use crate::{
    Limits, Transport, TransportError, TransportErrorKind, TransportOptions, failure, options::Proxy,
    outgoing, tls,
};
use async_trait::async_trait;
use bytes::Bytes;
use connector::Connector;
use http::{
    HeaderValue, Request, Response, Uri,
    header::{HOST, PROXY_AUTHORIZATION},
    uri::{PathAndQuery, Scheme},
};
use http_body_util::Full;
use hyper_util::client::proxy::matcher::Matcher;
use line::{Line, Unanswered};
use pool::{Origin, Pool};
use std::{fmt, sync::Arc};

/// A [`Transport`] over hyper's own client: HTTP/1.1, rustls, a connection pool, and less work for each call than
/// [`ReqwestTransport`](crate::ReqwestTransport).
///
/// It follows no redirect, repeats nothing that was sent, keeps no cookies, and uses no proxy but that of its options.
/// Clones share the pool. It works inside a tokio runtime with I/O and time.
#[derive(Clone)]
pub struct HyperTransport {
    client: Result<Arc<Client>, Arc<TransportError>>,
    user_agent: HeaderValue,
    limits: Limits,
}

struct Client {
    connector: Connector,
    pool: Arc<Pool>,
    proxies: Option<Arc<Matcher>>,
}

impl HyperTransport {
    /// A transport with the defaults of [`TransportOptions`].
    ///
    /// Should the TLS library be unusable on this machine, every [`send`](Transport::send) says so.
    pub fn new() -> Self {
        let options = TransportOptions::default();
        Self {
            client: Client::new(&options).map(Arc::new).map_err(Arc::new),
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
            client: Ok(Arc::new(Client::new(options)?)),
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
    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let client = self.client.as_ref().map_err(|broken| {
            TransportError::new(TransportErrorKind::Request).with_source(Arc::clone(broken))
        })?;
        outgoing::prepare(&mut request, &self.user_agent)?;
        tokio::time::timeout(self.limits.total, client.send(request.map(Full::new), self.limits.body))
            .await
            .unwrap_or_else(|_| Err(TransportErrorKind::Timeout.into()))
    }
}

impl Client {
    fn new(options: &TransportOptions) -> Result<Self, TransportError> {
        options.proxy.check()?;
        let proxies = proxies(&options.proxy).map(Arc::new);
        let connector = Connector::new(tls::config(options)?, proxies.clone(), options.limits.connect);
        Ok(Self { connector, pool: Arc::new(Pool::new(options.idle_limit)), proxies })
    }

    /// Only what has not been begun is sent again: a server may close a connection just when it is to be used again.
    async fn send(
        &self,
        mut request: Request<Full<Bytes>>,
        limit: usize,
    ) -> Result<Response<Bytes>, TransportError> {
        let origin = self.address(&mut request)?;
        loop {
            let resting = self.resting(&origin).await;
            let is_fresh = resting.is_none();
            let mut line = match resting {
                Some(line) => line,
                None => self.open(&origin).await?,
            };
            match line.ask(request, limit).await {
                Ok(answer) => {
                    self.pool.put(origin, line);
                    return Ok(answer);
                }
                Err(Unanswered::Unsent(unsent, _)) if !is_fresh => request = *unsent,
                Err(Unanswered::Unsent(_, error) | Unanswered::Sent(error)) => return Err(error),
            }
        }
    }

    /// Where a connection has to go, and on it the request as the other end reads it: a server is told the path, a proxy
    /// that passes on what is not encrypted is told the whole address and who we are.
    fn address(&self, request: &mut Request<Full<Bytes>>) -> Result<Origin, TransportError> {
        let uri = request.uri();
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(TransportErrorKind::Request.into());
        };
        let origin = (scheme.clone(), authority.clone());
        let is_plain = origin.0 == Scheme::HTTP;
        let proxy = self.proxies.as_ref().filter(|_| is_plain).and_then(|proxies| proxies.intercept(uri));
        match proxy {
            None => {
                let path = uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
                *request.uri_mut() = path.into();
            }
            Some(proxy) => {
                if let Some(credentials) = proxy.basic_auth() {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, credentials.clone());
                }
            }
        }
        let host = host(&origin)?;
        request.headers_mut().entry(HOST).or_insert(host);
        Ok(origin)
    }

    async fn resting(&self, origin: &Origin) -> Option<Line> {
        loop {
            let mut line = self.pool.take(origin)?;
            if line.is_free().await {
                return Some(line);
            }
        }
    }

    async fn open(&self, (scheme, authority): &Origin) -> Result<Line, TransportError> {
        let target = Uri::builder().scheme(scheme.clone()).authority(authority.clone()).path_and_query("/");
        let target = target
            .build()
            .map_err(|error| TransportError::new(TransportErrorKind::Request).with_source(error))?;
        let connected = self.connector.connect(target).await;
        let stream = connected
            .map_err(|error| TransportError::new(failure::connecting(&*error)).with_source(error))?;
        Line::open(stream).await
    }
}

/// The `host` header: with the port only where it is not the usual one.
fn host((scheme, authority): &Origin) -> Result<HeaderValue, TransportError> {
    let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    let is_usual = authority.port_u16() == Some(usual);
    HeaderValue::from_str(if is_usual { authority.host() } else { authority.as_str() })
        .map_err(|error| TransportError::new(TransportErrorKind::Request).with_source(error))
}

fn proxies(proxy: &Proxy) -> Option<Matcher> {
    match proxy {
        Proxy::None => None,
        Proxy::Environment => Some(Matcher::from_system()),
        Proxy::Address(address) => Some(Matcher::builder().all(address.as_str()).build()),
    }
}
