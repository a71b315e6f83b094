//! One token for several clients, which stand for processes: each has its own memory of it.

use crate::{
    account::{APP_ID, CALL, SECRET},
    wire::Wire,
};
use async_trait::async_trait;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    task::JoinSet,
    time::{Instant, advance, sleep},
};
use wx_client::{
    Client, Error, ErrorKind, Lease, LeaseWish, MemoryTokenStore, NewToken, Setback, TokenRow, TokenStore,
    TokenStoreError,
};
use wx_model::AppId;

/// Some clients, a store and a platform, all on tokio's virtual time.
struct Fleet {
    wire: Wire,
    store: MemoryTokenStore,
    clients: Vec<Client>,
}

impl Fleet {
    fn new(count: usize) -> Self {
        let (wire, start) = (Wire::default(), Instant::now());
        let store = MemoryTokenStore::new().clock(move || start.elapsed());
        let clients = (0..count).map(|_| client(&wire, store.clone(), start)).collect();
        Self { wire, store, clients }
    }

    /// All at once; what each got, in no order.
    async fn each<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        &self,
        call: impl Fn(Client) -> F,
    ) -> Vec<T> {
        let tasks: JoinSet<T> = self.clients.iter().map(|client| call(client.clone())).collect();
        tasks.join_all().await
    }

    async fn tokens(&self) -> Vec<String> {
        let tokens = self.each(|client| async move { client.access_token().await.unwrap() }).await;
        tokens.iter().map(|token| token.expose().to_owned()).collect()
    }

    async fn stored(&self) -> Option<String> {
        let row = self.store.read(&AppId::new(APP_ID)).await.unwrap();
        row.token.map(|(token, _)| token.expose().to_owned())
    }
}

fn client(wire: &Wire, store: impl TokenStore + 'static, start: Instant) -> Client {
    let builder = Client::builder(APP_ID, SECRET).classic_token().token_store(store);
    let builder = builder.api_base("http://platform.test").transport(wire.clone());
    builder.clock(move || start.elapsed()).wall_clock(|| 0).build().unwrap()
}

async fn call(client: Client) -> Result<serde_json::Value, Error> {
    client.get_json(CALL, &[]).await
}

#[tokio::test(start_paused = true)]
async fn the_fleet_asks_once_for_each_expiry() {
    let fleet = Fleet::new(16);
    for expiry in 1..=20 {
        fleet.wire.delay(0, 3);
        assert_eq!(fleet.tokens().await, vec![format!("T{expiry}"); 16]);
        advance(Duration::from_hours(2)).await;
    }
    assert_eq!(fleet.wire.issued(), 20);
}

#[tokio::test(start_paused = true)]
async fn the_fleet_asks_once_for_each_refused_token() {
    let fleet = Fleet::new(16);
    fleet.tokens().await;
    for refusal in 2..=20 {
        fleet.wire.end_token();
        fleet.wire.delay(0, 3);
        assert!(fleet.each(call).await.iter().all(Result::is_ok));
        assert_eq!(fleet.wire.issued(), refusal);
        advance(Duration::from_mins(2)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_old_token_serves_while_one_renews_it() {
    let fleet = Fleet::new(2);
    fleet.tokens().await;
    advance(Duration::from_mins(113)).await;
    fleet.wire.delay(0, 5);
    assert_eq!(fleet.tokens().await, ["T1", "T1"]);
    advance(Duration::from_secs(5)).await;
    tokio::task::yield_now().await;
    // Within a minute all have looked.
    advance(Duration::from_mins(1)).await;
    fleet.tokens().await;
    advance(Duration::from_secs(1)).await;
    assert_eq!(fleet.tokens().await, ["T2", "T2"]);
    assert_eq!(fleet.wire.issued(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_died_with_the_lease_is_waited_for_ten_seconds() {
    let fleet = Fleet::new(4);
    let (account, start) = (AppId::new(APP_ID), Instant::now());
    let wish = LeaseWish::new(&account, "dead", Duration::from_secs(10));
    fleet.store.try_lease(&wish).await.unwrap().unwrap();
    assert_eq!(fleet.tokens().await, ["T1"; 4]);
    assert!((10..11).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    assert_eq!(fleet.wire.issued(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_slow_client_gives_up_before_its_lease_ends() {
    let fleet = Fleet::new(1);
    fleet.wire.delay(60, 0);
    let start = Instant::now();
    let error = fleet.clients[0].access_token().await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (ErrorKind::TokenSource, 8));
    insta::assert_snapshot!(error, @"no access_token: the platform did not answer within the lease of the shared token; try again");
    let row = fleet.store.read(&AppId::new(APP_ID)).await.unwrap();
    assert!(!row.is_held && row.setback.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_was_outrun_takes_the_token_of_the_other() {
    let fleet = Fleet::new(1);
    fleet.wire.delay(0, 5);
    let slow = tokio::spawn({
        let client = fleet.clients[0].clone();
        async move { client.access_token().await }
    });
    advance(Duration::from_secs(1)).await;
    // What its machine did not notice while it was paused: its lease has ended, and another has taken one.
    let account = AppId::new(APP_ID);
    let ahead = fleet.store.clone().clock(move || Duration::from_secs(10_000));
    let lease = ahead.try_lease(&LeaseWish::new(&account, "quick", Duration::from_secs(10))).await;
    let token = NewToken::new("T9".into(), Duration::from_hours(2), Duration::from_hours(1));
    assert!(ahead.publish(&lease.unwrap().unwrap(), &token).await.unwrap());

    assert_eq!(slow.await.unwrap().unwrap().expose(), "T9");
    assert_eq!((fleet.stored().await.as_deref(), fleet.wire.newest().as_str()), (Some("T9"), "T1"));
}

#[tokio::test(start_paused = true)]
async fn a_failure_of_one_is_told_to_all_and_not_repeated() {
    let fleet = Fleet::new(8);
    fleet.wire.cut();
    let errors = fleet.each(|client| async move { client.access_token().await.unwrap_err() }).await;
    let of_others =
        errors.iter().filter(|error| error.to_string().contains("another process failed")).count();
    assert_eq!(of_others, 7, "{errors:?}");
    fleet.wire.mend();
    advance(Duration::from_secs(10)).await;
    assert_eq!(fleet.tokens().await, ["T1"; 8]);
}

#[tokio::test(start_paused = true)]
async fn all_together_cannot_storm() {
    let fleet = Fleet::new(8);
    for _second in 0..600 {
        fleet.wire.end_token();
        fleet.each(call).await;
        advance(Duration::from_secs(1)).await;
    }
    // Ten at once, one more each minute, some of them spent on waiting.
    assert!((8..=20).contains(&fleet.wire.issued()), "{}", fleet.wire.issued());
}

/// A store that can be switched off.
#[derive(Debug, Clone)]
struct Switch(MemoryTokenStore, Arc<AtomicBool>);

impl Switch {
    fn check(&self) -> Result<(), TokenStoreError> {
        if self.1.load(Ordering::SeqCst) { Err("the store is switched off".into()) } else { Ok(()) }
    }
}

#[async_trait]
impl TokenStore for Switch {
    async fn read(&self, account: &AppId) -> Result<TokenRow, TokenStoreError> {
        self.check()?;
        self.0.read(account).await
    }

    async fn try_lease(&self, wish: &LeaseWish<'_>) -> Result<Option<Lease>, TokenStoreError> {
        self.check()?;
        self.0.try_lease(wish).await
    }

    async fn publish(&self, lease: &Lease, token: &NewToken) -> Result<bool, TokenStoreError> {
        self.check()?;
        self.0.publish(lease, token).await
    }

    async fn give_back(&self, lease: &Lease, setback: &Setback) -> Result<bool, TokenStoreError> {
        self.check()?;
        self.0.give_back(lease, setback).await
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_store_is_away_the_platform_is_not_asked() {
    let (wire, start, off) = (Wire::default(), Instant::now(), Arc::new(AtomicBool::new(false)));
    let store = MemoryTokenStore::new().clock(move || start.elapsed());
    let client = client(&wire, Switch(store, Arc::clone(&off)), start);
    call(client.clone()).await.unwrap();

    off.store(true, Ordering::SeqCst);
    for _ in 0..118 {
        sleep(Duration::from_mins(1)).await;
        call(client.clone()).await.unwrap();
    }
    sleep(Duration::from_mins(2)).await;
    let error = call(client.clone()).await.unwrap_err();
    insta::assert_snapshot!(error, @"no access_token: the store of the shared token failed; see the cause, and that the store is up");
    assert_eq!(wire.issued(), 1);

    off.store(false, Ordering::SeqCst);
    sleep(Duration::from_mins(1)).await;
    call(client).await.unwrap();
    assert_eq!(wire.issued(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_was_fetched_is_used_when_the_store_goes_away_meanwhile() {
    let (wire, start, off) = (Wire::default(), Instant::now(), Arc::new(AtomicBool::new(false)));
    let store = MemoryTokenStore::new().clock(move || start.elapsed());
    let client = client(&wire, Switch(store, Arc::clone(&off)), start);
    wire.delay(0, 3);
    let waiting = tokio::spawn(call(client));
    advance(Duration::from_secs(1)).await;
    off.store(true, Ordering::SeqCst);
    waiting.await.unwrap().unwrap();
    assert_eq!(wire.issued(), 1);
}

/// The answers come in the wrong order, requests linger on the wire, and clients give up: whatever happened, the fleet
/// ends up with the newest token of the platform (classic tokens, protocol §1.1).
#[tokio::test(start_paused = true)]
async fn answers_in_the_wrong_order_leave_the_newest_token() {
    let mut astray = 0;
    for seed in 1..=200_u64 {
        let fleet = Fleet::new(3);
        let mut dice = seed;
        let mut roll = |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for _ in 0..20 {
            fleet.wire.delay(roll(6), roll(6));
        }
        for _round in 0..3 {
            for client in &fleet.clients {
                tokio::spawn(call(client.clone()));
                sleep(Duration::from_millis(roll(9000))).await;
            }
            sleep(Duration::from_secs(roll(7200))).await;
        }
        // Everything has landed, and what is not the newest has ended.
        fleet.wire.calm();
        sleep(Duration::from_mins(6)).await;
        astray += u32::from(fleet.stored().await != Some(fleet.wire.newest()));
        for _attempt in 0..12 {
            fleet.each(call).await;
            sleep(Duration::from_mins(1)).await;
        }
        let outcomes = fleet.each(call).await;
        assert!(outcomes.iter().all(Result::is_ok), "seed {seed}: {outcomes:?}");
        assert_eq!(fleet.stored().await, Some(fleet.wire.newest()), "seed {seed}");
    }
    assert!((10..150).contains(&astray), "{astray} of 200 had lost a token on the way");
}
