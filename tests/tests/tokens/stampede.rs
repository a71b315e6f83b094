use crate::{
    control::Order,
    fleet::Fleet,
    place::Place,
    size::Size,
    worker::{CALLS, LEASE},
};
use std::fmt;
use wx_sim::{Clock, EntryKind, Options, Simulator};

/// Processes that all find their token ended at once, again and again, and the platform they ask for a new one.
#[derive(Debug)]
pub(crate) struct Stampede<P> {
    test: &'static str,
    simulator: Simulator,
    place: P,
    fleet: Fleet,
    size: Size,
    elapsed: i64,
    counted: Counted,
}

/// What happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) expiries: usize,
    pub(crate) killed: usize,
    pub(crate) paused: usize,
    /// Calls to the token endpoint.
    pub(crate) refreshes: usize,
    /// All other calls that succeeded.
    pub(crate) calls: usize,
    /// The last entry of the transcript that was counted.
    seen: u64,
}

impl<P: Place> Stampede<P> {
    pub(crate) async fn new(test: &'static str, place: P, size: Size, classic: bool) -> Self {
        let simulator = Simulator::start(options(size)).await.unwrap();
        let fleet = Fleet::start(test, size.processes, simulator.base_url(), &place, classic).await;
        Self { test, simulator, place, fleet, size, elapsed: 0, counted: Counted::default() }
    }

    /// Two hours pass for everybody: every token has ended.
    pub(crate) async fn expire(&mut self) {
        self.pass(7200).await;
    }

    /// Somebody ends the token at the platform. Two minutes pass, so that the budget of the fleet allows for it.
    pub(crate) async fn revoke(&mut self) {
        self.pass(120).await;
        self.simulator.revoke_tokens();
    }

    /// All make calls; all must succeed with one token.
    pub(crate) async fn call(&mut self) {
        self.order(None).await;
        let token = self.fleet.token(None).await;
        assert_eq!(token, self.place.token().await);
        self.count();
    }

    /// The same, but the process that was given the token is killed before it can tell.
    pub(crate) async fn call_and_kill(&mut self) {
        let holder = self.order_to_hold().await;
        self.fleet.kill(holder).await;
        self.end_lease().await;
        self.fleet.order_all(&Order::Release).await;
        let token = self.fleet.token(None).await;
        assert_eq!(token, self.place.token().await);
        self.fleet.add().await;
        self.counted.killed += 1;
        self.count();
    }

    /// The same, but that process is paused beyond its lease: it comes back with a token that must not be published.
    pub(crate) async fn call_and_pause(&mut self) {
        let holder = self.order_to_hold().await;
        self.fleet.pause(holder).await;
        self.end_lease().await;
        self.fleet.order_all(&Order::Release).await;
        let token = self.fleet.token(Some(holder)).await;
        assert_eq!(token, self.place.token().await);

        self.fleet.go_on(holder);
        assert_eq!(self.fleet.done().await, (holder, token.clone()), "it uses the token of the quicker one");
        assert_eq!(token, self.place.token().await, "the slow one did not publish");
        self.counted.paused += 1;
        self.count();
    }

    pub(crate) fn counted(&self) -> Counted {
        self.counted
    }

    /// Orders calls, and waits for the process that stops with a token.
    async fn order_to_hold(&mut self) -> usize {
        let round = self.counted.expiries as u64;
        self.order(Some(round)).await;
        self.fleet.holder(round).await
    }

    async fn order(&mut self, hold: Option<u64>) {
        self.counted.expiries += 1;
        let elapsed = self.elapsed.unsigned_abs();
        self.fleet.order_all(&Order::Call { elapsed, hold }).await;
    }

    async fn pass(&mut self, seconds: i64) {
        self.elapsed += seconds;
        self.simulator.advance(seconds).unwrap();
        self.place.pass(seconds).await;
    }

    async fn end_lease(&self) {
        self.place.pass(i64::try_from(LEASE.as_secs()).unwrap()).await;
    }

    fn count(&mut self) {
        for entry in self.simulator.transcript() {
            let is_new = entry.number > self.counted.seen;
            if let EntryKind::Call { path, errcode: Some(0), .. } = &entry.kind
                && is_new
            {
                let is_token = path.ends_with("token");
                self.counted.refreshes += usize::from(is_token);
                self.counted.calls += usize::from(!is_token);
            }
            self.counted.seen = self.counted.seen.max(entry.number);
        }
    }
}

/// Room in the transcript for one round, which is counted before the next.
fn options(size: Size) -> Options {
    Options::deterministic().transcript_limit(size.processes * 20 + 100).clock(Clock::manual(1_767_229_200))
}

/// One line of the table that `cargo xtask campaign` prints, on a line of its own.
impl<P: Place> fmt::Display for Stampede<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counted { expiries, killed, paused, refreshes, calls, .. } = self.counted;
        let (store, what) = self.test.split_once("::").unwrap_or_default();
        let (what, processes) = (what.replace('_', " "), self.size.processes);
        write!(
            f,
            "\n| {store:<8} | {what:<36} | {processes:>9} | {expiries:>8} | {killed:>6} | {paused:>6} | {refreshes:>9} \
             | {calls:>8} |"
        )
    }
}

/// The tests of one kind of place, in the module of that name. The place is made anew for each.
macro_rules! stampede_tests {
    ($module:literal, $place:expr) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn each_expiry_is_refreshed_once() {
            const TEST: &str = concat!($module, "::each_expiry_is_refreshed_once");
            if !$crate::worker::has_worked().await {
                $crate::stampede::each_expiry_is_refreshed_once(TEST, $place).await;
            }
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn each_revoked_token_is_refreshed_once() {
            const TEST: &str = concat!($module, "::each_revoked_token_is_refreshed_once");
            if !$crate::worker::has_worked().await {
                $crate::stampede::each_revoked_token_is_refreshed_once(TEST, $place).await;
            }
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn each_killed_holder_costs_one_refresh() {
            const TEST: &str = concat!($module, "::each_killed_holder_costs_one_refresh");
            if !$crate::worker::has_worked().await {
                $crate::stampede::each_killed_holder_costs_one_refresh(TEST, $place).await;
            }
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn a_paused_holder_cannot_publish() {
            const TEST: &str = concat!($module, "::a_paused_holder_cannot_publish");
            if !$crate::worker::has_worked().await {
                $crate::stampede::a_paused_holder_cannot_publish(TEST, $place).await;
            }
        }
    };
}

pub(crate) use stampede_tests;

pub(crate) async fn each_expiry_is_refreshed_once(test: &'static str, place: impl Place) {
    let size = Size::asked_for();
    let mut stampede = Stampede::new(test, place, size, false).await;
    // To begin with there is no token, which is an expiry, too.
    for _ in 0..size.expiries {
        stampede.call().await;
        stampede.expire().await;
    }
    println!("{stampede}");
    let counted = stampede.counted();
    assert_eq!((counted.expiries, counted.refreshes), (size.expiries, size.expiries));
    assert_eq!(counted.calls, size.expiries * size.processes * CALLS, "no call was repeated");
}

pub(crate) async fn each_revoked_token_is_refreshed_once(test: &'static str, place: impl Place) {
    let size = Size::asked_for();
    let mut stampede = Stampede::new(test, place, size, true).await;
    for _ in 0..size.expiries {
        stampede.call().await;
        stampede.revoke().await;
    }
    println!("{stampede}");
    let counted = stampede.counted();
    assert_eq!((counted.expiries, counted.refreshes), (size.expiries, size.expiries));
    assert_eq!(counted.calls, size.expiries * size.processes * CALLS, "every call succeeded in the end");
}

pub(crate) async fn each_killed_holder_costs_one_refresh(test: &'static str, place: impl Place) {
    let size = Size::asked_for();
    let mut stampede = Stampede::new(test, place, size, true).await;
    for expiry in 0..size.expiries {
        if expiry % 3 == 2 {
            stampede.call_and_kill().await;
        } else {
            stampede.call().await;
        }
        stampede.expire().await;
    }
    println!("{stampede}");
    let counted = stampede.counted();
    assert_eq!((counted.expiries, counted.killed), (size.expiries, size.expiries / 3));
    assert_eq!(counted.refreshes, counted.expiries + counted.killed);
}

pub(crate) async fn a_paused_holder_cannot_publish(test: &'static str, place: impl Place) {
    let size = Size::asked_for();
    let mut stampede = Stampede::new(test, place, size, true).await;
    for expiry in 0..size.expiries / 3 {
        if expiry % 3 == 2 {
            stampede.call_and_pause().await;
        } else {
            stampede.call().await;
        }
        stampede.expire().await;
    }
    println!("{stampede}");
    let counted = stampede.counted();
    assert_eq!(counted.refreshes, counted.expiries + counted.paused);
}
