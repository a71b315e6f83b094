use crate::{CallbackRoute, Limits, accept, callback_route, console};
use axum::Router;
use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
};
use wx_channel::{AccountId, Store};

/// Seconds since 1970, asked for at every push.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The callback service (服务器配置) on one address, and the console (dashboard and JSON report) on another, so that
/// the one may be public while the other stays private.
///
/// Built by [`Server::builder`], bound by [`ServerBuilder::bind`], and served by [`run`](Self::run).
#[derive(Debug)]
pub struct Server {
    callback: TcpListener,
    console: TcpListener,
    callback_router: Router,
    console_router: Router,
    limits: Limits,
    store_failed: Arc<Notify>,
}

impl Server {
    /// A service for `account` on this store. Nothing listens before [`ServerBuilder::bind`].
    pub fn builder(account: AccountId, store: Arc<dyn Store>, clock: Clock) -> ServerBuilder {
        let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        ServerBuilder {
            listen: local,
            console: local,
            routes: Vec::new(),
            console_host: None,
            limits: Limits::default(),
            shared: Shared { account, store, clock, store_failed: Arc::default() },
        }
    }

    /// Where the callback service listens.
    pub fn callback_addr(&self) -> io::Result<SocketAddr> {
        self.callback.local_addr()
    }

    /// Where the console listens.
    pub fn console_addr(&self) -> io::Result<SocketAddr> {
        self.console.local_addr()
    }

    /// Serves until `stop` resolves; then open requests get [`Limits::stop`] to finish.
    ///
    /// # Errors
    ///
    /// [`StoreFailed`] when the store failed for good: nothing was acknowledged since, and the service has ended so
    /// that whoever watches over it starts it anew.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), StoreFailed> {
        let (stopping, stopped) = watch::channel(false);
        let callback = accept::serve(self.callback, self.callback_router, self.limits, stopped.clone());
        let console = accept::serve(self.console, self.console_router, self.limits, stopped);
        let stop = async {
            let failed = tokio::select! {
                () = stop => Ok(()),
                () = self.store_failed.notified() => Err(StoreFailed(())),
            };
            stopping.send_replace(true);
            failed
        };
        tokio::join!(callback, console, stop).2
    }
}

/// The store failed for good and takes nothing more; its log entry says why.
#[derive(Debug)]
pub struct StoreFailed(());

impl fmt::Display for StoreFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store failed, so the service has ended; mend the cause that the log names and start it again")
    }
}

impl std::error::Error for StoreFailed {}

/// What a [`Server`] is made of. Both addresses are free ports on 127.0.0.1 unless said otherwise.
#[derive(Debug)]
pub struct ServerBuilder {
    listen: SocketAddr,
    console: SocketAddr,
    console_host: Option<String>,
    routes: Vec<CallbackRoute>,
    limits: Limits,
    shared: Shared,
}

impl ServerBuilder {
    /// Where the platform posts to.
    pub fn listen(mut self, addr: SocketAddr) -> Self {
        self.listen = addr;
        self
    }

    /// Where dashboard and JSON report are served. They ask for no password: keep this address private.
    pub fn console(mut self, addr: SocketAddr) -> Self {
        self.console = addr;
        self
    }

    /// The name under which a proxy serves the console. Without it the console answers only to `localhost` and to
    /// addresses, so that no page in the operator's browser can reach it under a name of its own (DNS rebinding).
    pub fn console_host(mut self, name: impl Into<String>) -> Self {
        self.console_host = Some(name.into());
        self
    }

    /// Adds a callback address; an earlier one with the same path is replaced.
    pub fn callback(mut self, route: CallbackRoute) -> Self {
        self.routes.retain(|earlier| earlier.path() != route.path());
        self.routes.push(route);
        self
    }

    /// Other limits than the default ones.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Takes both ports.
    ///
    /// # Errors
    ///
    /// [`BindError`], which names the address that is in use or not ours.
    pub async fn bind(self) -> Result<Server, BindError> {
        Ok(Server {
            callback: bind(self.listen).await?,
            console: bind(self.console).await?,
            callback_router: callback_route::router(self.routes, &self.shared, self.limits),
            store_failed: Arc::clone(&self.shared.store_failed),
            console_router: console::router(self.shared, self.console_host),
            limits: self.limits,
        })
    }
}

/// What all handlers share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) account: AccountId,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    /// Told when the store has failed for good.
    pub(crate) store_failed: Arc<Notify>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("account", &self.account).finish_non_exhaustive()
    }
}

async fn bind(addr: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(addr).await.map_err(|source| BindError { addr, source })
}

/// An address on which the service cannot listen.
#[derive(Debug)]
pub struct BindError {
    addr: SocketAddr,
    source: io::Error,
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = match self.source.kind() {
            io::ErrorKind::AddrInUse => "another program uses it; stop that or choose another port",
            io::ErrorKind::PermissionDenied => {
                "ports below 1024 need rights; choose a higher one behind your proxy"
            }
            io::ErrorKind::AddrNotAvailable => "this machine has no such address",
            _ => "check the address",
        };
        write!(f, "cannot listen on {}: {advice}", self.addr)
    }
}

impl std::error::Error for BindError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
