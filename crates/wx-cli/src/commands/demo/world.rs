use crate::{
    commands::code::scene_json,
    config::account,
    edge,
    failure::{Failure, Outcome, sentence},
};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::{sync::oneshot, task::JoinHandle};
use wx_channel::{AccountId, Channel, ChannelName, Code, CodeStore, EventStore, Report, ReportQuery};
use wx_client::Client;
use wx_events::Callback;
use wx_model::{AppId, CallbackToken, CreateRequest, Lifetime, PermanentScene, Scene};
use wx_qrcode::QrCodes;
use wx_server::{CallbackRoute, Server, StoreFailed};
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_SECRET, DEFAULT_TOKEN, Options, Simulator};
use wx_store::SqliteStore;

/// Everything that runs during a demo.
pub(crate) struct World {
    pub(crate) simulator: Simulator,
    pub(crate) plain_url: String,
    pub(crate) safe_url: String,
    pub(crate) console_url: String,
    pub(crate) database: PathBuf,
    /// Seconds since 1970 for everybody here: two weeks pass in two seconds.
    pub(crate) time: Arc<AtomicI64>,
    dir: PathBuf,
    account: AccountId,
    store: Arc<SqliteStore>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), StoreFailed>>,
}

/// One code of the demo, as `--json` prints it.
#[derive(Serialize)]
pub(crate) struct DemoCode {
    pub(crate) action_name: &'static str,
    pub(crate) scene: serde_json::Value,
    pub(crate) ticket: String,
    pub(crate) url: String,
    pub(crate) image_path: PathBuf,
    pub(crate) channel: String,
}

impl World {
    /// Starts simulator and service on free ports.
    pub(crate) async fn start(dir: Option<PathBuf>) -> Outcome<Self> {
        let dir = folder(dir)?;
        let time = Arc::new(AtomicI64::new(
            (edge::now() - i64::from(super::people::DAYS) * 86_400).max(FIRST_SECOND),
        ));
        let database = dir.join("demo.db");
        let store = Arc::new(SqliteStore::open(&database)?);
        let account = account(&AppId::from(DEFAULT_APP_ID));
        let clock = Arc::clone(&time);
        let server = Server::builder(
            account.clone(),
            Arc::clone(&store) as _,
            Arc::new(move || clock.load(Ordering::Relaxed)),
        )
        .callback(route("/wx/plain", Callback::plain(CallbackToken::from(DEFAULT_TOKEN)))?)
        .callback(route("/wx/safe", safe_callback()?)?)
        .bind()
        .await
        .map_err(|error| Failure::failed(sentence(&error)))?;
        let unknown = |error| Failure::failed(format!("the service has no address: {error}"));
        let callback_addr = server.callback_addr().map_err(unknown)?;
        let console_addr = server.console_addr().map_err(unknown)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(server.run(async {
            // A dropped sender is a reason to stop, too.
            let _ = stopped.await;
        }));
        let clock = Arc::clone(&time);
        let options = Options::default().clock(wx_sim::Clock::new(move || clock.load(Ordering::Relaxed)));
        let simulator = Simulator::start(options).await.map_err(|error| Failure::failed(sentence(&error)))?;
        Ok(Self {
            simulator,
            plain_url: format!("http://{callback_addr}/wx/plain"),
            safe_url: format!("http://{callback_addr}/wx/safe"),
            console_url: format!("http://{console_addr}/"),
            database,
            time,
            dir,
            account,
            store,
            stop,
            serving,
        })
    }

    /// Creates one code of each kind through the API, downloads its picture and books it under a channel.
    pub(crate) async fn create_codes(&self) -> Outcome<Vec<DemoCode>> {
        let client =
            Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(self.simulator.base_url()).build()?;
        let codes = QrCodes::new(client);
        let mut made = Vec::new();
        for (channel, request) in requests()? {
            let response = codes.create(&request).await?;
            let image = codes.image(&response.ticket).await?;
            let file = format!("{}.{}", request.action_name().as_str().to_lowercase(), image.extension());
            let image_path = self.dir.join(file);
            write(&image_path, image.bytes())?;
            let now = self.time.load(Ordering::Relaxed);
            self.store.put_channel(&self.account, &channel).await?;
            self.store
                .put_code(
                    &Code::new(self.account.clone(), &request, &response, now).channel(channel.name.clone()),
                )
                .await?;
            made.push(DemoCode {
                action_name: request.action_name().as_str(),
                scene: scene_json(&request),
                ticket: response.ticket.to_string(),
                url: response.url.unwrap_or_default(),
                image_path,
                channel: channel.name.to_string(),
            });
        }
        Ok(made)
    }

    /// How many pushes are in the database.
    pub(crate) async fn stored(&self) -> Outcome<u64> {
        Ok(self.store.count(&self.account).await?)
    }

    /// The figures per channel.
    pub(crate) async fn report(&self) -> Outcome<Report> {
        Ok(self.store.report(&ReportQuery::new(self.account.clone())).await?)
    }

    /// Ends everything and waits for it.
    pub(crate) async fn stop(self) {
        // Both may have ended already, which is what is wanted.
        let _ = self.stop.send(());
        let _ = self.serving.await;
        self.simulator.shutdown().await;
    }
}

/// The platform has no earlier time; the clock of a machine that has lost its own may be there.
const FIRST_SECOND: i64 = 1;

fn requests() -> Outcome<Vec<(Channel, CreateRequest)>> {
    let wrong = |error: &dyn std::error::Error| Failure::failed(sentence(error));
    let scene = |error: wx_model::InvalidScene| wrong(&error);
    let days = |days| Lifetime::days(days).map_err(|error| wrong(&error));
    let channel = |name: &str, welcome: &str| -> Outcome<Channel> {
        let name = ChannelName::new(name).map_err(|error| wrong(&error))?;
        Ok(Channel::new(name).welcome(welcome).welcome_back("很高兴再次见到您！Good to see you again!"))
    };
    Ok(vec![
        (
            channel("Station poster 车站海报", "欢迎！您来自车站海报。Welcome from the station!")?,
            CreateRequest::permanent(PermanentScene::id(2026).map_err(scene)?),
        ),
        (
            channel("Shop 42 门店", "欢迎光临 42 号店！Welcome from shop 42!")?,
            CreateRequest::permanent(PermanentScene::str("shop-042").map_err(scene)?),
        ),
        (
            channel("Spring fair 春季展会", "展会见！See you at the fair!")?,
            CreateRequest::temporary(Scene::id(4_294_967_295).map_err(scene)?, days(30)?),
        ),
        (
            channel("Web page 官网", "欢迎来自官网的朋友！Welcome from our web page!")?,
            CreateRequest::temporary(Scene::str("web:home/top").map_err(scene)?, days(30)?),
        ),
    ])
}

fn route(path: &str, callback: Callback) -> Outcome<CallbackRoute> {
    CallbackRoute::new(path, callback).map_err(|error| Failure::failed(error.to_string()))
}

fn safe_callback() -> Outcome<Callback> {
    let key =
        DEFAULT_AES_KEY.parse().map_err(|error: wx_crypto::InvalidKey| Failure::failed(error.to_string()))?;
    Ok(Callback::safe(CallbackToken::from(DEFAULT_TOKEN), key, AppId::from(DEFAULT_APP_ID)))
}

/// The folder that was asked for, or a new one, which stays so that its pictures can be looked at.
fn folder(dir: Option<PathBuf>) -> Outcome<PathBuf> {
    let Some(dir) = dir else {
        let made = tempfile::Builder::new().prefix("wx-demo-").tempdir();
        return made.map(tempfile::TempDir::keep).map_err(|error| {
            Failure::failed(format!("cannot make a temporary folder: {error}; name one with --dir"))
        });
    };
    fs::create_dir_all(&dir)
        .map_err(|error| Failure::failed(format!("cannot make {}: {error}", dir.display())))?;
    if dir.join("demo.db").exists() {
        return Err(Failure::invalid(format!(
            "{} holds an earlier demo; name another folder",
            dir.display()
        )));
    }
    Ok(dir)
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes)
        .map_err(|error| Failure::failed(format!("cannot write {}: {error}", path.display())))
}
