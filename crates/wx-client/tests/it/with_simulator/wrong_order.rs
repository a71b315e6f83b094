//! Several processes ask the classic endpoint, and answers come in another order than questions: each new token ends the
//! one before it (protocol §1.1).

use super::world::{client_of, reqwest, simulator, tags};
use crate::account::{APP_ID, CLASSIC, SetClock};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Semaphore, task::JoinSet};
use wx_client::{Client, MemoryTokenStore, TokenStore};
use wx_model::{AccessToken, AppId};
use wx_sim::{EntryKind, Simulator};
use wx_transport::{ReqwestTransport, Transport, TransportError};

const PROCESSES: usize = 4;
/// Longer than any machine takes for what happens in between; on the clock of the store it passes at once.
const LEASE: Duration = Duration::from_mins(20);

/// A wire on which requests for a token wait, and then their answers.
#[derive(Debug, Clone)]
struct Wire(Arc<Ends>);

#[derive(Debug)]
struct Ends {
    transport: ReqwestTransport,
    /// Whether requests for a token stop here; the others pass.
    is_slow: std::sync::atomic::AtomicBool,
    asked: Semaphore,
    there: Semaphore,
    arrived: Semaphore,
    back: Semaphore,
}

impl Wire {
    fn new(transport: ReqwestTransport) -> Self {
        let [asked, there, arrived, back] = [(); 4].map(|()| Semaphore::new(0));
        Self(Arc::new(Ends { transport, is_slow: true.into(), asked, there, arrived, back }))
    }

    /// Waits until the process has asked.
    async fn asked(&self) {
        self.0.asked.acquire().await.unwrap().forget();
    }

    /// Brings the request to the platform.
    async fn deliver(&self) {
        self.0.there.add_permits(1);
        self.0.arrived.acquire().await.unwrap().forget();
    }

    /// Brings the answer back.
    fn answer(&self) {
        self.0.back.add_permits(1);
    }

    fn calm(&self) {
        self.0.is_slow.store(false, Ordering::SeqCst);
    }
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let ends = &self.0;
        if request.uri().path() != CLASSIC || !ends.is_slow.load(Ordering::SeqCst) {
            return ends.transport.send(request).await;
        }
        ends.asked.add_permits(1);
        ends.there.acquire().await.unwrap().forget();
        let answer = ends.transport.send(request).await;
        ends.arrived.add_permits(1);
        ends.back.acquire().await.unwrap().forget();
        answer
    }
}

/// Some processes, all but the last of which lose their lease before their request is on the way.
struct Fleet {
    sim: Arc<Simulator>,
    clock: SetClock,
    store: MemoryTokenStore,
    processes: Vec<(Client, Wire)>,
}

impl Fleet {
    async fn new(transport: &ReqwestTransport) -> Self {
        let clock = SetClock::default();
        let sim = simulator(&clock, |options| options).await;
        let hands = clock.clone();
        let store = MemoryTokenStore::new().clock(move || hands.elapsed());
        let number = Arc::new(AtomicU64::new(0));
        let process = |_| {
            let (wire, number) = (Wire::new(transport.clone()), Arc::clone(&number));
            let builder =
                client_of(&sim, &clock).classic_token().token_store(store.clone()).token_lease(LEASE);
            // Owners have different names, and whoever waits looks again soon.
            let builder = builder.random(move || number.fetch_add(1, Ordering::SeqCst));
            (builder.transport(wire.clone()).build().unwrap(), wire)
        };
        let processes = (0..PROCESSES).map(process).collect();
        Self { sim, clock, store, processes }
    }

    async fn stored(&self) -> Option<AccessToken> {
        let row = self.store.read(&AppId::new(APP_ID)).await.unwrap();
        row.token.map(|(token, _)| token)
    }

    /// Whether that is what the platform gave last: it says so when it is called with it.
    async fn has_newest(&self, transport: &ReqwestTransport) -> bool {
        let token = self.stored().await.unwrap();
        let url = format!("{}/cgi-bin/tags/get?access_token={}", self.sim.base_url(), token.expose());
        transport.send(Request::get(url).body(Bytes::new()).unwrap()).await.unwrap();
        let transcript = self.sim.transcript();
        let issued = transcript.iter().filter(|entry| is_granted(&entry.kind)).count();
        let EntryKind::Call { query, .. } = &transcript.last().unwrap().kind else { panic!("no call") };
        *query == format!("access_token=<classic {issued}>")
    }
}

fn is_granted(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Call { path, errcode: Some(0), .. } if path == CLASSIC)
}

/// Each process's request and then its answer, in some order.
fn order(mut dice: u64) -> Vec<usize> {
    let mut left = [2; PROCESSES];
    let mut order = Vec::new();
    while order.len() < 2 * PROCESSES {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let process = usize::try_from((dice >> 33) % PROCESSES as u64).unwrap();
        if left[process] > 0 {
            left[process] -= 1;
            order.push(process);
        }
    }
    order
}

/// Whether the stored token was not the newest before the platform said so.
async fn one_order(seed: u64, transport: ReqwestTransport) -> bool {
    let fleet = Fleet::new(&transport).await;
    let mut calls = JoinSet::new();
    for (number, (client, wire)) in fleet.processes.iter().enumerate() {
        // The process before this one has lost its lease; the last one keeps it.
        fleet.clock.pass(if number > 0 { LEASE.as_secs() } else { 0 });
        let client = client.clone();
        calls.spawn(async move { tags(&client).await });
        wire.asked().await;
    }
    let mut delivered = [false; PROCESSES];
    for process in order(seed) {
        let wire = &fleet.processes[process].1;
        if std::mem::replace(&mut delivered[process], true) {
            wire.answer();
        } else {
            wire.deliver().await;
            wire.calm();
        }
    }
    calls.join_all().await;
    // What is not the newest has ended.
    fleet.clock.pass(301);
    let was_astray = !fleet.has_newest(&transport).await;
    for (client, _) in &fleet.processes {
        tags(client).await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
    assert!(fleet.has_newest(&transport).await, "seed {seed}\n{}", fleet.sim.transcript_text());
    let issued = fleet.sim.transcript().iter().filter(|entry| is_granted(&entry.kind)).count();
    assert!(issued <= PROCESSES + 1, "seed {seed}: {issued}");
    was_astray
}

#[tokio::test]
async fn the_store_ends_up_with_the_newest_token_of_the_platform() {
    let transport = reqwest();
    let mut astray = 0;
    for eight in (1..=200).collect::<Vec<u64>>().chunks(8) {
        let orders: JoinSet<bool> = eight.iter().map(|seed| one_order(*seed, transport.clone())).collect();
        astray += orders.join_all().await.into_iter().filter(|was| *was).count();
    }
    // The control: the orders are such that something has to be mended.
    assert!((20..180).contains(&astray), "{astray} of 200 had lost the newest token on the way");
}
