use super::connector::{BoxError, Connecting};
use http::{Uri, uri::Scheme};
use hyper_util::{
    client::{
        legacy::connect::{HttpConnector, proxy::Tunnel},
        proxy::matcher::{Intercept, Matcher},
    },
    rt::TokioIo,
};
use std::{
    sync::Arc,
    task::{Context, Poll},
};
use tokio::net::TcpStream;
use tower_service::Service;

/// Finds the way to a host: straight, or through a proxy.
#[derive(Clone)]
pub(super) struct Route {
    tcp: HttpConnector,
    proxies: Option<Arc<Matcher>>,
}

impl Route {
    pub(super) fn new(proxies: Option<Arc<Matcher>>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, proxies }
    }
}

impl Service<Uri> for Route {
    type Response = TokioIo<TcpStream>;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(BoxError::from)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let mut tcp = self.tcp.clone();
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.intercept(&target));
        Box::pin(async move {
            match proxy {
                None => Ok(tcp.call(target).await?),
                Some(proxy) if proxy.uri().scheme() != Some(&Scheme::HTTP) => {
                    Err("the proxy that the environment names is not one with http://".into())
                }
                Some(proxy) if target.scheme() == Some(&Scheme::HTTPS) => {
                    Ok(tunnel(&proxy, tcp).call(target).await?)
                }
                Some(proxy) => Ok(tcp.call(proxy.uri().clone()).await?),
            }
        })
    }
}

fn tunnel(proxy: &Intercept, tcp: HttpConnector) -> Tunnel<HttpConnector> {
    let tunnel = Tunnel::new(proxy.uri().clone(), tcp);
    match proxy.basic_auth() {
        Some(credentials) => tunnel.with_auth(credentials.clone()),
        None => tunnel,
    }
}
