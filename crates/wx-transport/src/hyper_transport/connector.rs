use super::{line::Stream, route::Route};
use http::Uri;
use hyper_rustls::HttpsConnector;
use hyper_util::client::proxy::matcher::Matcher;
use rustls::ClientConfig;
use std::{error::Error, io, pin::Pin, sync::Arc, time::Duration};
use tower_service::Service;

pub(super) type BoxError = Box<dyn Error + Send + Sync>;
pub(super) type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Makes connections: name, TCP, proxy and TLS within one limit of time.
pub(super) struct Connector {
    https: HttpsConnector<Route>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(tls: ClientConfig, proxies: Option<Arc<Matcher>>, limit: Duration) -> Self {
        Self { https: HttpsConnector::from((Route::new(proxies), tls)), limit }
    }

    pub(super) async fn connect(&self, target: Uri) -> Result<Stream, BoxError> {
        tokio::time::timeout(self.limit, self.https.clone().call(target))
            .await
            .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
    }
}
