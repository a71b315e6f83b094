//! What a call through `Client` costs beside an HTTP client alone: CPU time of the thread that calls (the server has a thread
//! of its own, which is not counted), 64 calls in flight on kept connections, the same server. Both sides take turns,
//! and the middle of their ratios is told, so that a busy machine does not matter.
//!
//! Everything that the client does for its user counts as its own: each call writes its body as JSON, puts the token
//! into the address, keeps the limits of time and size, looks for an errcode, and makes a `CreateResponse` of the answer. The
//! other side is handed address and body ready-made, has no limits, and leaves the answer as bytes.
//!
//! `cargo bench -p benches --bench client`.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

mod server;

use cpu_time::ThreadTime;
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy, rt::TokioExecutor};
use std::{future::Future, pin::Pin, time::Duration};
use tokio::{runtime::Runtime, task::JoinSet};
use wx_client::{Call, Client, FixedToken, Repeat};
use wx_model::{CreateRequest, CreateResponse, Lifetime, Scene};
use wx_transport::{Answer, HyperTransport, MockTransport, ReqwestTransport, Transport};

const IN_FLIGHT: usize = 64;
const CALLS: usize = 2_000;
const ROUNDS: usize = 15;
const PATH: &str = "/cgi-bin/qrcode/create";

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let base = format!("http://{}", server::start());
    compare(
        &runtime,
        "Client on reqwest / reqwest alone",
        1.25,
        &client(&base, ReqwestTransport::new()),
        &reqwest_alone(&base),
    );
    compare(
        &runtime,
        "Client on hyper / hyper-util alone",
        1.15,
        &client(&base, HyperTransport::new()),
        &hyper_alone(&base),
    );
    overhead(&runtime);
}

/// One call, ready to be made again and again.
type Making = dyn Fn() -> BoxedCall + Send;
type BoxedCall = Pin<Box<dyn Future<Output = ()> + Send>>;

fn request() -> CreateRequest {
    CreateRequest::temporary(Scene::id(2026).unwrap(), Lifetime::days(30).unwrap())
}

fn client(base: &str, transport: impl Transport + 'static) -> Box<Making> {
    let source = FixedToken::new("76_ExampleAccessToken-0123456789_abcdefghijklmnopqrstuvwxyz");
    let builder = Client::with_token_source("wx7a3f00c1d2e3b4a5", source).api_base(base);
    let client = builder.transport(transport).build().unwrap();
    Box::new(move || {
        let client = client.clone();
        Box::pin(async move {
            let call = Call::post(PATH, &request()).unwrap().repeat(Repeat::Always);
            let code: CreateResponse = client.call(&call).await.unwrap();
            assert!(code.url.is_some());
        })
    })
}

fn url(base: &str) -> String {
    format!("{base}{PATH}?access_token=76_ExampleAccessToken-0123456789_abcdefghijklmnopqrstuvwxyz")
}

/// The same method, address, content type and body, made once for all calls; the answer is collected and left as bytes.
fn reqwest_alone(base: &str) -> Box<Making> {
    let (client, url) = (reqwest::Client::builder().no_proxy().http1_only().build().unwrap(), url(base));
    let body = serde_json::to_vec(&request()).unwrap();
    Box::new(move || {
        let sent = client.post(&url).header("content-type", "application/json").body(body.clone()).send();
        Box::pin(async move {
            let answer = sent.await.unwrap().bytes().await.unwrap();
            assert_eq!(answer.len(), server::ANSWER.len());
        })
    })
}

/// The same on the pooled client of hyper-util.
fn hyper_alone(base: &str) -> Box<Making> {
    let client = legacy::Client::builder(TokioExecutor::new()).build_http::<Full<bytes::Bytes>>();
    let (uri, body) = (
        url(base).parse::<http::Uri>().unwrap(),
        bytes::Bytes::from(serde_json::to_vec(&request()).unwrap()),
    );
    Box::new(move || {
        let request = http::Request::post(uri.clone()).header("content-type", "application/json");
        let sent = client.request(request.body(Full::new(body.clone())).unwrap());
        Box::pin(async move {
            let answer = sent.await.unwrap().into_body().collect().await.unwrap().to_bytes();
            assert_eq!(answer.len(), server::ANSWER.len());
        })
    })
}

fn compare(runtime: &Runtime, name: &str, goal: f64, ours: &Making, floor: &Making) {
    round(runtime, ours);
    round(runtime, floor);
    let mut rounds: Vec<_> = (0..ROUNDS).map(|_| (round(runtime, ours), round(runtime, floor))).collect();
    rounds.sort_by(|one, other| ratio(one).total_cmp(&ratio(other)));
    let middle = &rounds[ROUNDS / 2];
    println!("{name}: {:.2} x (goal {goal:.2} x); {:.1?} / {:.1?} a call", ratio(middle), middle.0, middle.1);
}

fn ratio((ours, floor): &(Duration, Duration)) -> f64 {
    ours.as_secs_f64() / floor.as_secs_f64()
}

/// The CPU time of one call.
fn round(runtime: &Runtime, call: &Making) -> Duration {
    let start = ThreadTime::now();
    runtime.block_on(async {
        let mut flying = JoinSet::new();
        for number in 0..CALLS {
            if number >= IN_FLIGHT {
                flying.join_next().await.unwrap().unwrap();
            }
            flying.spawn(call());
        }
        while let Some(landed) = flying.join_next().await {
            landed.unwrap();
        }
    });
    start.elapsed() / u32::try_from(CALLS).unwrap()
}

/// Token, rules and reading of the answer, without any network: what `Client` adds to a transport that costs nothing.
fn overhead(runtime: &Runtime) {
    let of = |make: &dyn Fn(MockTransport) -> BoxedCall| {
        let times = (0..ROUNDS).map(|_| {
            let mock = MockTransport::new();
            mock.otherwise(|_| Answer::json(server::ANSWER));
            let work = make(mock);
            let start = ThreadTime::now();
            runtime.block_on(work);
            start.elapsed() / u32::try_from(CALLS).unwrap()
        });
        let mut times: Vec<_> = times.collect();
        times.sort();
        times[ROUNDS / 2]
    };
    let with = of(&|mock| {
        let call = client("http://platform.test", mock);
        Box::pin(async move {
            for _ in 0..CALLS {
                call().await;
            }
        })
    });
    let without = of(&|mock| {
        let uri = url("http://platform.test").parse::<http::Uri>().unwrap();
        let body = bytes::Bytes::from(serde_json::to_vec(&request()).unwrap());
        Box::pin(async move {
            for _ in 0..CALLS {
                let request = http::Request::post(uri.clone()).header("content-type", "application/json");
                let answer = mock.send(request.body(body.clone()).unwrap()).await.unwrap();
                assert_eq!(answer.body().len(), server::ANSWER.len());
            }
        })
    });
    println!("Client without network: {:.1?} a call (goal 3.0µs)", with.saturating_sub(without));
}
