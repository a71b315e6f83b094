mod proxy;

pub(crate) use proxy::Proxy;

use crate::Limits;
use std::{fmt, time::Duration};

/// The limits and addresses of a transport over the network. What is not said stays as in
/// [`default`](Default::default).
#[derive(Clone)]
pub struct TransportOptions {
    pub(crate) limits: Limits,
    pub(crate) idle_limit: Duration,
    pub(crate) user_agent: String,
    pub(crate) proxy: Proxy,
    pub(crate) trusted: Vec<Vec<u8>>,
}

impl TransportOptions {
    pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

    /// The longest time for name, connection, proxy and TLS together. Default 5 s. Keep it below the total limit, so
    /// that an error tells when nothing was sent.
    pub fn connect_limit(mut self, limit: Duration) -> Self {
        self.limits.connect = limit;
        self
    }

    /// The longest time from the start of a request to the last byte of its answer. Default 15 s.
    pub fn total_limit(mut self, limit: Duration) -> Self {
        self.limits.total = limit;
        self
    }

    /// The largest body of an answer in bytes, after decompression too. Default 8 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// All three limits at once.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How long a connection without a request is kept for the next one. Default 20 s; zero keeps none.
    ///
    /// It should be shorter than the server keeps idle connections, a minute or more as a rule: a request on a
    /// connection that the server is just closing fails with an unknown outcome.
    pub fn idle_limit(mut self, limit: Duration) -> Self {
        self.idle_limit = limit;
        self
    }

    /// The value of the `user-agent` header where a request has none. Default `wx-transport/` and the version.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// A proxy for all requests, such as `http://user:password@proxy.example:3128`. Default none, whatever the
    /// environment says. Only proxies that are spoken to over plain HTTP are possible; what is sent to an https address
    /// goes through them encrypted.
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = Proxy::Address(address.into());
        self
    }

    /// The proxies that the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), in place of one
    /// given by [`proxy`](Self::proxy). They are read when the transport is made.
    pub fn environment_proxies(mut self) -> Self {
        self.proxy = Proxy::Environment;
        self
    }

    /// Root certificates (PEM, one or more) that are accepted besides those of the system, such as that of a gateway.
    pub fn trust(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.trusted.push(pem.into());
        self
    }
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            idle_limit: Duration::from_secs(20),
            user_agent: Self::USER_AGENT.to_owned(),
            proxy: Proxy::None,
            trusted: Vec::new(),
        }
    }
}

impl From<Limits> for TransportOptions {
    fn from(limits: Limits) -> Self {
        Self::default().limits(limits)
    }
}

impl fmt::Debug for TransportOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportOptions")
            .field("limits", &self.limits)
            .field("idle_limit", &self.idle_limit)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy)
            .field("trusted", &self.trusted.len())
            .finish()
    }
}
