use crate::{CallbackRoute, Limits, accept, callback_route, console};
use axum::Router;
use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::{net::TcpListener, sync::watch};
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
}

impl Server {
    /// A service for `account` on this store. Nothing listens before [`ServerBuilder::bind`].
    pub fn builder(account: AccountId, store: Arc<dyn Store>, clock: Clock) -> ServerBuilder {
        let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        ServerBuilder {
            listen: local,
            console: local,
            routes: Vec::new(),
            limits: Limits::default(),
            shared: Shared { account, store, clock },
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
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let (stopped, both) = watch::channel(false);
        let until = |mut stopped: watch::Receiver<bool>| async move {
            // An error means that the sender is gone, which is a reason to stop as well.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        let callback = accept::serve(self.callback, self.callback_router, self.limits, until(both.clone()));
        let console = accept::serve(self.console, self.console_router, self.limits, until(both));
        let stop = async {
            stop.await;
            // Nobody listens any more when both have ended already.
            let _ = stopped.send(true);
        };
        tokio::join!(callback, console, stop);
    }
}

/// What a [`Server`] is made of. Both addresses are free ports on 127.0.0.1 unless said otherwise.
#[derive(Debug)]
pub struct ServerBuilder {
    listen: SocketAddr,
    console: SocketAddr,
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
            console_router: console::router(self.shared),
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
