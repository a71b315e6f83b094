//! Many calls at once, when the token ends and when it is refused: one refresh.

use super::world::{TAGS, client_of, hyper, path, reqwest, simulator, tags};
use crate::{
    account::{CLASSIC, STABLE, SetClock, let_others_run},
    gate::Gate,
};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::JoinSet};
use wx_client::Client;
use wx_sim::{EntryKind, Simulator};
use wx_transport::{Transport, TransportError};

/// As many connections as any machine can have.
const AT_ONCE: usize = 64;
const KINDS: [(&str, bool); 2] = [(STABLE, false), (CLASSIC, true)];

struct Crowd {
    sim: Arc<Simulator>,
    clock: SetClock,
    client: Client,
    /// Where tokens come from.
    source: &'static str,
}

impl Crowd {
    async fn over(transport: impl Transport + 'static, (source, classic): (&'static str, bool)) -> Self {
        let clock = SetClock::default();
        let sim = simulator(&clock, |options| options).await;
        let builder = client_of(&sim, &clock).transport(transport);
        let builder = if classic { builder.classic_token() } else { builder };
        Self { sim, clock, client: builder.build().unwrap(), source }
    }

    /// All these calls, each in a task of its own; each succeeds.
    fn calls(&self, count: usize) -> JoinSet<()> {
        let call = || {
            let client = self.client.clone();
            async move { drop(tags(&client).await.unwrap()) }
        };
        std::iter::repeat_with(call).take(count).collect()
    }

    /// How many calls of this path got this answer.
    fn answered(&self, wanted: &str, code: i32) -> usize {
        let transcript = self.sim.transcript();
        let of_path = transcript.iter().filter(|entry| path(entry) == Some(wanted));
        of_path
            .filter(|entry| matches!(entry.kind, EntryKind::Call { errcode, .. } if errcode == Some(code)))
            .count()
    }
}

/// Lets so many requests through at a time.
#[derive(Debug)]
struct Turnstile<T>(T, Semaphore);

impl<T> Turnstile<T> {
    fn before(transport: T) -> Self {
        Self(transport, Semaphore::new(AT_ONCE))
    }
}

#[async_trait]
impl<T: Transport> Transport for Turnstile<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let _turn = self.1.acquire().await.unwrap();
        self.0.send(request).await
    }
}

/// A thousand tasks at each of three expiries.
async fn expiries(crowd: Crowd) {
    for refreshes in 1..=3 {
        crowd.calls(1_000).join_all().await;
        assert_eq!(crowd.answered(crowd.source, 0), refreshes);
        crowd.clock.pass(7200);
    }
    assert_eq!(crowd.sim.transcript().len(), 3 * 1_000 + 3, "each call was sent once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tasks_at_an_expiry_refresh_once() {
    for kind in KINDS {
        expiries(Crowd::over(Turnstile::before(reqwest()), kind).await).await;
        expiries(Crowd::over(Turnstile::before(hyper()), kind).await).await;
    }
}

/// All thousand wait for the answer that brings the token.
async fn waiting(transport: impl Transport + 'static, kind: (&'static str, bool)) {
    let gate = Gate::before(Turnstile::before(transport), kind.0);
    let crowd = Crowd::over(gate.clone(), kind).await;
    let calls = crowd.calls(1_000);
    gate.arrived(1).await;
    let_others_run().await;
    assert!(crowd.sim.transcript().is_empty(), "nobody calls without a token");
    // If a second one asks, it stands at the gate for ever.
    gate.let_through(1);
    calls.join_all().await;
    assert_eq!((crowd.answered(kind.0, 0), crowd.answered(TAGS, 0)), (1, 1_000));
}

#[tokio::test]
async fn a_thousand_tasks_wait_for_one_refresh() {
    for kind in KINDS {
        waiting(reqwest(), kind).await;
        waiting(hyper(), kind).await;
    }
}

/// A hundred calls are on their way with a token that ends before they arrive.
async fn refused(transport: impl Transport + 'static, kind: (&'static str, bool)) {
    let gate = Gate::before(transport, TAGS);
    let crowd = Crowd::over(gate.clone(), kind).await;
    let calls = crowd.calls(100);
    gate.arrived(100).await;
    crowd.sim.revoke_tokens();
    gate.let_through(200);
    calls.join_all().await;
    assert_eq!(crowd.answered(crowd.source, 0), 2, "the first token and one in its place");
    assert_eq!((crowd.answered(TAGS, 40001), crowd.answered(TAGS, 0)), (100, 100));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_while_a_hundred_calls_are_in_flight_is_replaced_once() {
    for kind in KINDS {
        refused(reqwest(), kind).await;
        refused(hyper(), kind).await;
    }
}
