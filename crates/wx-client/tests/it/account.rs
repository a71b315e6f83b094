use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use wx_client::{Client, ClientBuilder};
use wx_transport::{Answer, MockTransport, SentRequest, Transport};

pub(crate) const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
pub(crate) const SECRET: &str = "00112233445566778899aabbccddeeff";
pub(crate) const STABLE: &str = "/cgi-bin/stable_token";
pub(crate) const CLASSIC: &str = "/cgi-bin/token";
pub(crate) const CALL: &str = "/cgi-bin/some/call";

/// A client of a scripted platform, with a clock that is set by hand.
pub(crate) struct Account {
    pub(crate) client: Client,
    pub(crate) platform: MockTransport,
    clock: SetClock,
}

impl Account {
    pub(crate) fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let platform = MockTransport::new();
        let clock = SetClock::default();
        let client = change(builder(platform.clone(), &clock)).build().unwrap();
        Self { client, platform, clock }
    }

    pub(crate) fn answers(&self, bodies: &[&str]) {
        for body in bodies {
            self.platform.answer(Answer::json((*body).to_owned()));
        }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.pass(seconds);
    }

    /// The call that all these tests make.
    pub(crate) async fn call(&self) -> Result<serde_json::Value, wx_client::Error> {
        self.client.post_json(CALL, &serde_json::json!({ "a": 1 })).await
    }

    /// What was sent so far: the path, and the token of the call or the force of the refresh.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.platform.requests().iter().map(short).collect()
    }
}

pub(crate) fn builder(transport: impl Transport + 'static, clock: &SetClock) -> ClientBuilder {
    let clock = clock.clone();
    Client::builder(APP_ID, SECRET)
        .api_base("http://platform.test")
        .transport(transport)
        .clock(move || clock.now())
}

pub(crate) fn short(request: &SentRequest) -> String {
    match request.path() {
        STABLE if request.text().contains("\"force_refresh\":true") => "force".to_owned(),
        STABLE => "ask".to_owned(),
        CLASSIC => "classic".to_owned(),
        _ => request.query().replace("access_token=", "call "),
    }
}

/// On a runtime of one thread: all tasks go on until they wait for something outside.
pub(crate) async fn let_others_run() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

pub(crate) fn token(name: &str, seconds: u32) -> String {
    format!(r#"{{"access_token":"{name}","expires_in":{seconds}}}"#)
}

pub(crate) const OK: &str = r#"{"errcode":0,"errmsg":"ok"}"#;
pub(crate) const REFUSED: &str =
    r#"{"errcode":40001,"errmsg":"invalid credential, access_token is invalid or not latest"}"#;

#[derive(Clone, Default)]
pub(crate) struct SetClock(Arc<AtomicU64>);

impl SetClock {
    pub(crate) fn pass(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    fn now(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}
