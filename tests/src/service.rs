use crate::Clock;
use std::{fmt, net::SocketAddr, path::Path, sync::Arc};
use tokio::{sync::oneshot, task::JoinHandle};
use wx_channel::{AccountId, EventStore, Report, ReportQuery, Store};
use wx_events::Callback;
use wx_model::{AppId, CallbackToken};
use wx_server::{CallbackRoute, Limits, Server};
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN, Mode};
use wx_store::{SqliteOptions, SqliteStore};

/// Where pushes go.
pub const CALLBACK_PATH: &str = "/wx/callback";

/// The service of this house, running on two free ports with a database of its own.
pub struct Service {
    /// Where the platform posts to.
    pub callback: SocketAddr,
    /// Dashboard and JSON.
    pub console: SocketAddr,
    /// The database behind it.
    pub store: Arc<SqliteStore>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// How a service starts.
pub struct Setup {
    /// The mode and, with the simulator's defaults, the secrets of its callback.
    pub mode: Mode,
    /// The token that it takes for the account's.
    pub token: String,
    /// What a connection may cost.
    pub limits: Limits,
    /// How the database is opened.
    pub sqlite: SqliteOptions,
    /// What the service is given in place of the database.
    pub store: Box<dyn FnOnce(Arc<SqliteStore>) -> Arc<dyn Store>>,
    /// Where pushes shall arrive, if not at any free port.
    pub callback: SocketAddr,
}

impl Service {
    /// Starts on the database `wx.db` in that folder.
    pub async fn start(folder: &Path, clock: &Clock, setup: Setup) -> Self {
        let callback = setup.callback();
        let store = SqliteStore::open_with(folder.join("wx.db"), &setup.sqlite).expect("a database");
        let store = Arc::new(store);
        let clock = clock.clone();
        let server =
            Server::builder(account(), (setup.store)(Arc::clone(&store)), Arc::new(move || clock.now()))
                .callback(CallbackRoute::new(CALLBACK_PATH, callback).expect("a path"))
                .listen(setup.callback)
                .limits(setup.limits)
                .bind()
                .await
                .expect("two free ports");
        let [callback, console] =
            [server.callback_addr(), server.console_addr()].map(|address| address.expect("an address"));
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async {
            let serving = server.run(async {
                // A harness that is gone wants nothing more, too.
                let _ = stopped.await;
            });
            serving.await.expect("a store that lasts");
        });
        Self { callback, console, store, stop, running }
    }

    /// The address that is entered in the platform's console.
    pub fn callback_url(&self) -> String {
        format!("http://{}{CALLBACK_PATH}", self.callback)
    }

    /// The address of a page of the console.
    pub fn console_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.console)
    }

    /// How many pushes are in the database.
    pub async fn stored(&self) -> u64 {
        self.store.count(&account()).await.expect("a count")
    }

    /// The report of all days as the store counts it.
    pub async fn report(&self) -> Report {
        self.store.report(&ReportQuery::new(account())).await.expect("a report")
    }

    /// Asks it to stop.
    pub fn stop(self) -> JoinHandle<()> {
        // It may have ended by itself, which the handle tells.
        let _ = self.stop.send(());
        self.running
    }
}

impl Setup {
    /// Everything as by default, in this mode.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            token: DEFAULT_TOKEN.to_owned(),
            limits: Limits::default(),
            sqlite: SqliteOptions::default(),
            store: Box::new(|store| store),
            callback: SocketAddr::from(([127, 0, 0, 1], 0)),
        }
    }

    fn callback(&self) -> Callback {
        let token = CallbackToken::new(self.token.clone());
        let key = DEFAULT_AES_KEY.parse().expect("a key");
        match self.mode {
            Mode::Plain => Callback::plain(token),
            Mode::Compatible => Callback::compatible(token, key, AppId::new(DEFAULT_APP_ID)),
            Mode::Safe => Callback::safe(token, key, AppId::new(DEFAULT_APP_ID)),
        }
    }
}

/// The account of every world.
pub(crate) fn account() -> AccountId {
    AccountId::new(DEFAULT_APP_ID)
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("callback", &self.callback)
            .field("console", &self.console)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup").field("mode", &self.mode).finish_non_exhaustive()
    }
}
