//! A client in all the weathers of the platform.

use crate::{COMPONENT_SECRET, Outside, PASSWORD, Tap};
use serde_json::Value;
use std::time::Duration;
use wx_client::{CallReport, Client, ClientBuilder, Observer, RetryPolicy};
use wx_model::{CreateRequest, PermanentScene, Ticket};
use wx_qrcode::QrCodes;
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, Fault, Options, Simulator};
use wx_transport::{HyperTransport, RecordingTransport, ReqwestTransport, Transport, TransportOptions};

const CREATE: &str = "/cgi-bin/qrcode/create";
const TOKEN_CALLS: [&str; 2] = ["/cgi-bin/stable_token", "/cgi-bin/token"];

/// The 18 faults of the campaign, and those that no answer ends.
fn faults() -> Vec<Fault> {
    let codes =
        [-1, 45009, 45011, 45029, 42001, 40001, 40014, 50001, 61450, 40164, 40125].map(Fault::errcode);
    let others = [
        Fault::status(500),
        Fault::status(502),
        Fault::status(503),
        Fault::reset(),
        Fault::redirect("http://127.0.0.1:9/?access_token=x"),
        Fault::html(),
        Fault::cut_json(),
        Fault::cut_body(),
        Fault::empty(),
        Fault::errcode_as_text(-1),
        Fault::huge(),
    ];
    codes.into_iter().chain(others).collect()
}

fn hanging() -> [Fault; 2] {
    [Fault::timeout().after_effect(), Fault::drip()]
}

/// What it is told, it prints.
#[derive(Debug)]
struct Chatter;

impl Observer for Chatter {
    fn call_finished(&self, report: &CallReport<'_>) {
        tracing::trace!(?report, "observed");
    }
}

pub(crate) async fn all(outside: &Outside, tap: &Tap) {
    // The limit strikes where no answer comes; whether it also strikes elsewhere makes no difference here.
    let hurried = TransportOptions::default().total_limit(Duration::from_millis(200));
    let (reqwest, hyper) = (ReqwestTransport::new(), HyperTransport::new());
    let quick =
        (ReqwestTransport::with_options(&hurried).unwrap(), HyperTransport::with_options(&hurried).unwrap());
    for classic in [false, true] {
        for fault in faults() {
            storm(outside, tap, reqwest.clone(), classic, &fault).await;
            storm(outside, tap, hyper.clone(), classic, &fault).await;
        }
        for fault in hanging() {
            storm(outside, tap, quick.0.clone(), classic, &fault).await;
            storm(outside, tap, quick.1.clone(), classic, &fault).await;
        }
    }
    recording(outside, tap).await;
    nobody_there(outside).await;
    #[cfg(any(feature = "postgres", feature = "redis"))]
    servers(outside).await;
    file(outside);
}

/// The fault strikes each kind of call, and each is told.
async fn storm(
    outside: &Outside,
    tap: &Tap,
    transport: impl Transport + 'static,
    classic: bool,
    fault: &Fault,
) {
    let options = Options::default().without_control();
    let sim = Simulator::start(options.clone()).await.unwrap();
    let builder = client(&sim).transport(tap.on(transport)).observer(Chatter);
    let builder = if classic { builder.classic_token() } else { builder };
    outside.hears_debug("builder", &builder);
    let client = builder.build().unwrap();
    let codes = QrCodes::new(client.clone());
    let request = CreateRequest::permanent(PermanentScene::id(7).unwrap());
    let ticket = codes.create(&request).await.map_or_else(|_| Ticket::new("gQGcanary"), |code| code.ticket);

    for path in TOKEN_CALLS.into_iter().chain([CREATE, "/cgi-bin/tags/get", "/cgi-bin/showqrcode"]) {
        sim.inject(fault.clone().on(path).times(2)).unwrap();
    }
    sim.revoke_tokens();
    for _time in 0..3 {
        if let Err(error) = codes.create(&request).await {
            outside.hears_error("create", &error, "");
        }
        if let Err(error) = client.get_json::<Value>("/cgi-bin/tags/get", &[]).await {
            outside.hears_error("tags", &error, error.in_chinese());
        }
        if let Err(error) = codes.image(&ticket).await {
            outside.hears_error("image", &error, "");
        }
        if let Err(error) = client.quotas().clear_all_by_secret().await {
            outside.hears_error("clear_quota", &error, error.in_chinese());
        }
        if let Err(error) = client.access_token().await {
            outside.hears_error("token", &error, error.in_chinese());
        }
    }
    outside.hears_debug("client", &(&client, &codes, &request));
    outside.hears_debug("simulator", &(&sim, &options));
    outside.hears_debug("transcript", &sim.transcript());
    outside.hears("transcript as text", sim.transcript_text());
}

fn client(sim: &Simulator) -> ClientBuilder {
    let policy = RetryPolicy::default().pauses(Duration::ZERO, Duration::ZERO);
    Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(sim.base_url()).retry(policy)
}

/// Calls are kept in a file, to be played back.
async fn recording(outside: &Outside, tap: &Tap) {
    let sim = Simulator::start(Options::default()).await.unwrap();
    let recorder = std::sync::Arc::new(RecordingTransport::new(ReqwestTransport::new()));
    for classic in [false, true] {
        let builder = client(&sim).transport(tap.on(std::sync::Arc::clone(&recorder)));
        let client = if classic { builder.classic_token() } else { builder }.build().unwrap();
        client.get_json::<Value>("/cgi-bin/tags/get", &[]).await.unwrap();
        sim.inject(Fault::errcode(40001).on("/cgi-bin/tags/get")).unwrap();
        client.get_json::<Value>("/cgi-bin/tags/get", &[]).await.unwrap();
        client.quotas().clear_all_by_secret().await.unwrap();
        client.access_token().await.unwrap();
    }
    let recording = recorder.recording().unwrap();
    assert!(recording.len() > 8);
    outside.hears("recording", recording.to_text().unwrap());
    outside.hears_debug("recording", &recording);
}

/// No connection, and addresses that are none.
async fn nobody_there(outside: &Outside) {
    for base in [
        "http://127.0.0.1:1".to_owned(),
        format!("http://user:{PASSWORD}@127.0.0.1:1"),
        format!("http://127.0.0.1:1/?{PASSWORD}"),
    ] {
        let built = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(base).build();
        match built {
            Ok(client) => {
                let error = client.access_token().await.unwrap_err();
                outside.hears_error("no connection", &error, error.in_chinese());
            }
            Err(error) => outside.hears_error("base address", &error, error.in_chinese()),
        }
    }
    let proxies =
        [format!("http://user:{PASSWORD}@127.0.0.1:1"), format!("socks5://user:{PASSWORD}@127.0.0.1:1")];
    for options in proxies.map(|proxy| TransportOptions::default().proxy(proxy)) {
        outside.hears_debug("options of a transport", &options);
        match ReqwestTransport::with_options(&options) {
            Ok(transport) => {
                outside.hears_debug("transport", &transport);
                let builder = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base("http://127.0.0.1:2");
                let error = builder.transport(transport).build().unwrap().access_token().await.unwrap_err();
                outside.hears_error("proxy", &error, error.in_chinese());
            }
            Err(error) => outside.hears_error("address of a proxy", &error, ""),
        }
    }
    outside.hears_debug(
        "secrets",
        &(
            wx_model::AppSecret::new(COMPONENT_SECRET),
            wx_model::CallbackToken::new(wx_sim::DEFAULT_TOKEN),
            wx_sim::DEFAULT_AES_KEY.parse::<wx_crypto::EncodingAesKey>().unwrap(),
        ),
    );
}

/// Servers that are not there; what real ones refuse is tested with those.
#[cfg(any(feature = "postgres", feature = "redis"))]
async fn servers(outside: &Outside) {
    #[cfg(feature = "postgres")]
    for address in [
        format!("postgres://wx:{PASSWORD}@127.0.0.1:1/wx"),
        format!("host=127.0.0.1 port=1 user=wx password={PASSWORD} sslmode=disable"),
        format!("postgres://wx:{PASSWORD}@["),
    ] {
        let error = wx_store::PostgresTokenStore::connect(&address).await.unwrap_err();
        outside.hears_error("PostgreSQL", &error, "");
    }
    #[cfg(feature = "redis")]
    for address in [format!("redis://wx:{PASSWORD}@127.0.0.1:1/0"), format!("redis://wx:{PASSWORD}@[")] {
        let error = wx_store::RedisTokenStore::connect(&address).await.unwrap_err();
        outside.hears_error("Redis", &error, "");
    }
}

/// What stands in a file that is no database is not repeated.
fn file(outside: &Outside) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.db");
    std::fs::write(&path, PASSWORD.repeat(100)).unwrap();
    let error = wx_store::SqliteTokenStore::open(path).unwrap_err();
    outside.hears_error("SQLite", &error, "");
}
