//! A service in plain mode on free ports, as the tests want it.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{sync::oneshot, task::JoinHandle};
use wx_channel::{
    AccountId, Appended, Channel, Code, CodeStore, Cursor, DayRow, EventStore, MemoryStore, Page, Report,
    ReportQuery, ScanEvent, StoreError,
};
use wx_events::Callback;
use wx_model::{SceneValue, Ticket};
use wx_server::{CallbackRoute, Limits, Server, StoreFailed};

pub(crate) const ACCOUNT: &str = "wx7a3f00c1d2e3b4a5";
pub(crate) const TOKEN: &str = "ChannelToken2026";
pub(crate) const PATH: &str = "/wx/callback";
pub(crate) const NOW: i64 = 1_767_229_700;

pub(crate) struct Service {
    pub(crate) callback: SocketAddr,
    pub(crate) console: SocketAddr,
    pub(crate) store: Arc<Fragile>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), StoreFailed>>,
}

impl Service {
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        let store = Arc::new(Fragile::default());
        let route = CallbackRoute::new(PATH, Callback::plain(TOKEN.into())).unwrap();
        let server = Server::builder(AccountId::from(ACCOUNT), Arc::clone(&store) as _, Arc::new(|| NOW))
            .callback(route)
            .limits(limits)
            .bind()
            .await
            .unwrap();
        let (callback, console) = (server.callback_addr().unwrap(), server.console_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { callback, console, store, stop, serving }
    }

    pub(crate) async fn stored(&self) -> u64 {
        self.store.count(&AccountId::from(ACCOUNT)).await.unwrap()
    }

    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap().unwrap();
    }

    /// Waits until the service ends by itself.
    pub(crate) async fn ended(self) -> Result<(), StoreFailed> {
        self.serving.await.unwrap()
    }
}

/// The query string of a genuine request.
pub(crate) fn signed() -> String {
    let signature = wx_crypto::signature([TOKEN, "1767229700", "42"]);
    format!("{PATH}?signature={signature}&timestamp=1767229700&nonce=42")
}

/// A scan of scene 2026 by `openid`.
pub(crate) fn scan(openid: &str) -> String {
    format!(
        "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>{openid}</FromUserName>\
         <CreateTime>1767229600</CreateTime><MsgType>event</MsgType><Event>SCAN</Event>\
         <EventKey>2026</EventKey><Ticket>ticket-of-2026</Ticket></xml>"
    )
}

/// A memory store that can be made to fail, as a disk can, and to hang.
#[derive(Debug, Default)]
pub(crate) struct Fragile {
    store: MemoryStore,
    pub(crate) fails: AtomicBool,
    pub(crate) breaks: AtomicBool,
    pub(crate) hangs: AtomicBool,
}

#[async_trait::async_trait]
impl EventStore for Fragile {
    async fn append(&self, batch: &[ScanEvent]) -> Result<Vec<Appended>, StoreError> {
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        if self.breaks.load(Ordering::SeqCst) {
            return Err(StoreError::Fatal("the disk is gone".into()));
        }
        if self.fails.load(Ordering::SeqCst) {
            return Err(StoreError::Full("no space left on device".into()));
        }
        self.store.append(batch).await
    }

    async fn report(&self, query: &ReportQuery) -> Result<Report, StoreError> {
        if self.fails.load(Ordering::SeqCst) {
            return Err(StoreError::Fatal("the disk is gone".into()));
        }
        self.store.report(query).await
    }

    async fn daily(&self, query: &ReportQuery) -> Result<Vec<DayRow>, StoreError> {
        self.store.daily(query).await
    }

    async fn count(&self, account: &AccountId) -> Result<u64, StoreError> {
        self.store.count(account).await
    }

    async fn scan(&self, account: &AccountId, after: Option<Cursor>, limit: u32) -> Result<Page, StoreError> {
        self.store.scan(account, after, limit).await
    }
}

#[async_trait::async_trait]
impl CodeStore for Fragile {
    async fn put_channel(&self, account: &AccountId, channel: &Channel) -> Result<(), StoreError> {
        self.store.put_channel(account, channel).await
    }

    async fn channels(&self, account: &AccountId) -> Result<Vec<Channel>, StoreError> {
        self.store.channels(account).await
    }

    async fn put_code(&self, code: &Code) -> Result<(), StoreError> {
        self.store.put_code(code).await
    }

    async fn codes(&self, account: &AccountId) -> Result<Vec<Code>, StoreError> {
        self.store.codes(account).await
    }

    async fn channel_of(
        &self,
        account: &AccountId,
        scene: &SceneValue,
        ticket: Option<&Ticket>,
    ) -> Result<Option<Channel>, StoreError> {
        self.store.channel_of(account, scene, ticket).await
    }
}
