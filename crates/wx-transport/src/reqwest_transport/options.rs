use super::failure;
use crate::TransportError;
use std::{fmt, time::Duration};

/// The limits and addresses of a [`ReqwestTransport`](crate::ReqwestTransport).
#[derive(Clone)]
pub struct ReqwestOptions {
    connect_limit: Duration,
    total_limit: Duration,
    pub(super) body_limit: usize,
    user_agent: String,
    proxy: Option<String>,
}

impl ReqwestOptions {
    /// The longest time for name, connection and TLS together. Default 5 s.
    pub fn connect_limit(mut self, limit: Duration) -> Self {
        self.connect_limit = limit;
        self
    }

    /// The longest time from the start of a request to the last byte of its answer. Default 15 s.
    pub fn total_limit(mut self, limit: Duration) -> Self {
        self.total_limit = limit;
        self
    }

    /// The largest body of an answer in bytes. Default 8 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The value of the `user-agent` header. Default `wx-transport/` and the version.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// A proxy for all requests, such as `http://user:password@proxy.example:3128`. Default none.
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = Some(address.into());
        self
    }

    pub(super) fn client(&self) -> Result<reqwest::Client, TransportError> {
        // A machine without any root certificate must still reach a service over plain http.
        let without_roots = |_| self.builder()?.tls_certs_only([]).build();
        self.builder()
            .and_then(reqwest::ClientBuilder::build)
            .or_else(without_roots)
            .map_err(failure::from_reqwest)
    }

    fn builder(&self) -> reqwest::Result<reqwest::ClientBuilder> {
        let builder = reqwest::Client::builder()
            .connect_timeout(self.connect_limit)
            .timeout(self.total_limit)
            .pool_idle_timeout(IDLE_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(&self.user_agent);
        match &self.proxy {
            Some(address) => Ok(builder.proxy(reqwest::Proxy::all(address)?)),
            None => Ok(builder.no_proxy()),
        }
    }
}

/// Shorter than servers keep idle connections (a minute or more), because a request on a connection that the server
/// is just closing fails with an unknown outcome.
const IDLE_LIMIT: Duration = Duration::from_secs(20);

impl Default for ReqwestOptions {
    fn default() -> Self {
        Self {
            connect_limit: Duration::from_secs(5),
            total_limit: Duration::from_secs(15),
            body_limit: 8 * 1024 * 1024,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: None,
        }
    }
}

impl fmt::Debug for ReqwestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestOptions")
            .field("connect_limit", &self.connect_limit)
            .field("total_limit", &self.total_limit)
            .field("body_limit", &self.body_limit)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy.as_ref().map(|_| "[redacted]"))
            .finish()
    }
}
