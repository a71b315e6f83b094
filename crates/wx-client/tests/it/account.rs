use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};
use wx_client::{Client, ClientBuilder, RetryPolicy};
use wx_transport::{Answer, MockTransport, SentRequest, Transport};

pub(crate) const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
pub(crate) const SECRET: &str = "00112233445566778899aabbccddeeff";
pub(crate) const STABLE: &str = "/cgi-bin/stable_token";
pub(crate) const CLASSIC: &str = "/cgi-bin/token";
pub(crate) const CALL: &str = "/cgi-bin/some/call";

/// A client of a scripted platform, with a clock that is set by hand, which repeats nothing unless told to.
pub(crate) struct Account {
    pub(crate) client: Client,
    pub(crate) platform: MockTransport,
    pub(crate) clock: SetClock,
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
    clock
        .set(Client::builder(APP_ID, SECRET))
        .api_base("http://platform.test")
        .transport(transport)
        .retry(RetryPolicy::none())
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

/// 2026-01-01 12:00 in Beijing.
pub(crate) const NOON: i64 = 1_767_240_000;

/// Time and chance, set by hand. All waiting times are the longest possible unless said otherwise.
#[derive(Debug, Clone)]
pub(crate) struct SetClock(Arc<Hands>);

#[derive(Debug)]
struct Hands {
    steady_millis: AtomicU64,
    wall: AtomicI64,
    /// What passed while the steady clock stood still.
    asleep: AtomicI64,
    dice: AtomicU64,
}

impl SetClock {
    /// Lets so many seconds pass.
    pub(crate) fn pass(&self, seconds: u64) {
        self.pass_millis(seconds * 1000);
    }

    fn pass_millis(&self, millis: u64) {
        let before = self.0.steady_millis.fetch_add(millis, Ordering::SeqCst);
        self.step(i64::try_from((before + millis) / 1000 - before / 1000).unwrap());
    }

    /// Sets the calendar clock forward or back; the steady one does not notice.
    pub(crate) fn step(&self, seconds: i64) {
        self.0.wall.fetch_add(seconds, Ordering::SeqCst);
    }

    /// The machine sleeps for so many seconds, and its steady clock with it.
    pub(crate) fn sleep(&self, seconds: i64) {
        self.0.asleep.fetch_add(seconds, Ordering::SeqCst);
    }

    /// The time of everybody else.
    pub(crate) fn true_time(&self) -> i64 {
        NOON + i64::try_from(self.seconds()).unwrap() + self.0.asleep.load(Ordering::SeqCst)
    }

    /// What chance gives from now on.
    pub(crate) fn load(&self, dice: u64) {
        self.0.dice.store(dice, Ordering::SeqCst);
    }

    pub(crate) fn seconds(&self) -> u64 {
        self.elapsed().as_secs()
    }

    pub(crate) fn elapsed(&self) -> Duration {
        Duration::from_millis(self.0.steady_millis.load(Ordering::SeqCst))
    }

    /// Gives the client these clocks and dice; where it pauses, time passes at once.
    pub(crate) fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        let [steady, wall, dice, pause] = [(); 4].map(|()| self.clone());
        builder
            .pause(move |time| {
                pause.pass_millis(u64::try_from(time.as_millis()).unwrap());
                std::future::ready(())
            })
            .clock(move || steady.elapsed())
            .wall_clock(move || wall.0.wall.load(Ordering::SeqCst))
            .random(move || dice.0.dice.load(Ordering::SeqCst))
    }
}

impl Default for SetClock {
    fn default() -> Self {
        Self(Arc::new(Hands {
            steady_millis: AtomicU64::new(0),
            wall: AtomicI64::new(NOON),
            asleep: AtomicI64::new(0),
            dice: AtomicU64::new(u64::MAX),
        }))
    }
}
