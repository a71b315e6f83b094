use crate::account::{NOON, SECRET, SetClock, let_others_run};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::watch;
use wx_client::{Call, Client, ClientBuilder, Error, Repeat};
use wx_sim::{DEFAULT_APP_ID, Entry, EntryKind, Options, Random, Simulator};
use wx_transport::{
    HyperTransport, ReqwestTransport, Transport, TransportError, TransportErrorKind, TransportOptions,
};

pub(crate) const CREATE: &str = "/cgi-bin/qrcode/create";
pub(crate) const TAGS: &str = "/cgi-bin/tags/get";

/// The simulator and a client of it, over real sockets. Both keep the same time, which passes only when told.
pub(crate) struct World {
    pub(crate) sim: Arc<Simulator>,
    pub(crate) client: Client,
    pub(crate) clock: SetClock,
    line: Arc<Line>,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(|options| options).await
    }

    pub(crate) async fn with(change: impl FnOnce(Options) -> Options) -> Self {
        Self::over(reqwest(), change, |builder| builder).await
    }

    /// With this transport, these options of the platform and this client.
    pub(crate) async fn over(
        transport: impl Transport + 'static,
        change: impl FnOnce(Options) -> Options,
        build: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let clock = SetClock::default();
        let sim = simulator(&clock, change).await;
        Self::on(sim, clock, transport, build)
    }

    /// With a simulator that has seen other clients before.
    pub(crate) fn on(
        sim: Arc<Simulator>,
        clock: SetClock,
        transport: impl Transport + 'static,
        build: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let line = Arc::new(Line {
            transport: Box::new(transport),
            sim: Arc::clone(&sim),
            clock: clock.clone(),
            seen: Mutex::new(0),
            busy: watch::Sender::new(0),
        });
        let client = build(client_of(&sim, &clock).transport(Arc::clone(&line))).build().unwrap();
        Self { sim, client, clock, line }
    }

    /// Waits until what began in the background has come to its end: the renewal of a token.
    pub(crate) async fn settle(&self) {
        let_others_run().await;
        self.line.busy.subscribe().wait_for(|busy| *busy == 0).await.unwrap();
        let_others_run().await;
    }

    /// A permanent code, as `wx-qrcode` asks for it.
    pub(crate) async fn place(&self, scene: u32) -> Result<Value, Error> {
        let body =
            json!({ "action_name": "QR_LIMIT_SCENE", "action_info": { "scene": { "scene_id": scene } } });
        let call = Call::post(CREATE, &body).unwrap().repeat(Repeat::IfNotDone).allowance("permanent codes");
        self.client.call(&call).await
    }

    pub(crate) async fn tags(&self) -> Result<Value, Error> {
        tags(&self.client).await
    }

    /// How many calls of this path arrived.
    pub(crate) fn calls(&self, wanted: &str) -> usize {
        self.sim.transcript().iter().filter(|entry| path(entry) == Some(wanted)).count()
    }

    /// What arrived at this path, each with the second in which it did.
    pub(crate) fn timetable(&self, wanted: &str) -> String {
        let entries = self.sim.transcript();
        let wanted = entries.iter().filter(|entry| path(entry) == Some(wanted));
        let lines = wanted.map(|entry| format!("{:>7} s: {}", entry.time - NOON, outcome(entry)));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A simulator that keeps this time.
pub(crate) async fn simulator(clock: &SetClock, change: impl FnOnce(Options) -> Options) -> Arc<Simulator> {
    let hands = clock.clone();
    let options = Options::default().clock(wx_sim::Clock::new(move || hands.true_time()));
    Arc::new(Simulator::start(change(options.random(Random::seeded(1)))).await.unwrap())
}

/// A client of the simulated account that keeps this time.
pub(crate) fn client_of(sim: &Simulator, clock: &SetClock) -> ClientBuilder {
    clock.set(Client::builder(DEFAULT_APP_ID, SECRET)).api_base(sim.base_url())
}

pub(crate) async fn tags(client: &Client) -> Result<Value, Error> {
    client.get_json(TAGS, &[]).await
}

pub(crate) fn path(entry: &Entry) -> Option<&str> {
    match &entry.kind {
        EntryKind::Call { path, .. } => Some(path),
        _ => None,
    }
}

/// What became of a call, without its address.
fn outcome(entry: &Entry) -> String {
    let text = entry.to_string();
    let end_of_body = text.rsplit_once("}: ").or_else(|| text.split_once(">: "));
    end_of_body.map_or(text.as_str(), |(_, outcome)| outcome).to_owned()
}

pub(crate) fn reqwest() -> ReqwestTransport {
    ReqwestTransport::with_options(&patient()).unwrap()
}

pub(crate) fn hyper() -> HyperTransport {
    HyperTransport::with_options(&patient()).unwrap()
}

/// No limit of the machine's time that a busy machine could miss; [`Line`] has one of virtual time.
fn patient() -> TransportOptions {
    let hour = Duration::from_hours(1);
    TransportOptions::default().connect_limit(hour).total_limit(2 * hour).body_limit(1024 * 1024)
}

/// A real transport whose time limit is one of virtual time: once the platform has got a call that it will not answer
/// (to its end), 15 seconds are over, and the connection is dropped. One call at a time.
#[derive(Debug)]
struct Line {
    transport: Box<dyn Transport>,
    sim: Arc<Simulator>,
    clock: SetClock,
    /// The last entry of the transcript that was looked at.
    seen: Mutex<u64>,
    /// How many requests have no answer yet.
    busy: watch::Sender<usize>,
}

impl Line {
    async fn nothing_will_come(&self) {
        loop {
            let seen = *self.seen.lock().unwrap();
            let entries = self.sim.transcript_after(seen).await;
            *self.seen.lock().unwrap() = entries.last().map_or(seen, |entry| entry.number);
            if entries.iter().any(is_left_hanging) {
                return self.clock.pass(15);
            }
        }
    }
}

fn is_left_hanging(entry: &Entry) -> bool {
    match &entry.kind {
        EntryKind::Call { fault: Some(fault), .. } => {
            ["no answer", "one byte a second"].iter().any(|hanging| fault.starts_with(hanging))
        }
        _ => false,
    }
}

#[async_trait]
impl Transport for Line {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.busy.send_modify(|busy| *busy += 1);
        let answer = tokio::select! {
            answer = self.transport.send(request) => answer,
            () = self.nothing_will_come() => Err(TransportErrorKind::Timeout.into()),
        };
        self.busy.send_modify(|busy| *busy -= 1);
        answer
    }
}
