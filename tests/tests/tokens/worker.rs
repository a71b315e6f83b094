use crate::{
    control::{Order, Report},
    tripwire::Tripwire,
};
use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpStream, tcp::OwnedWriteHalf},
    sync::{mpsc, watch},
    task::JoinSet,
};
use wx_client::{Client, TokenStore};
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET};
use wx_store::{SqliteOptions, SqliteTokenStore};

/// The variable in which a process of the fleet finds the address of the test that started it.
pub(crate) const CONTROL: &str = "WX_FLEET_CONTROL";
/// Longer than any test waits on the slowest machine, so that only those end whose time is made to pass.
pub(crate) const LEASE: Duration = Duration::from_mins(20);
/// How many calls a process makes at once.
pub(crate) const CALLS: usize = 4;

/// If this process was started as one of a fleet: does what it is told until the other side hangs up.
pub(crate) async fn has_worked() -> bool {
    let Ok(address) = env::var(CONTROL) else { return false };
    let (orders, reports) = TcpStream::connect(address).await.unwrap().into_split();
    let mut orders = BufReader::new(orders).lines();
    let Order::Begin { platform, place, classic } = next(&mut orders).await.unwrap() else {
        panic!("the first order is to begin")
    };
    let (report, queue) = mpsc::unbounded_channel();
    tokio::spawn(write(queue, reports));
    let worker = Worker::new(&platform, &place, classic, report).await;
    while let Some(order) = next(&mut orders).await {
        worker.obey(&order);
    }
    true
}

async fn next(orders: &mut tokio::io::Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>) -> Option<Order> {
    orders.next_line().await.ok().flatten().map(|line| Order::read(&line))
}

async fn write(mut queue: mpsc::UnboundedReceiver<Report>, mut reports: OwnedWriteHalf) {
    while let Some(report) = queue.recv().await {
        reports.write_all(report.line().as_bytes()).await.unwrap();
    }
}

/// A client like that of any program, but for its clock.
struct Worker {
    client: Client,
    elapsed: Arc<AtomicU64>,
    armed: watch::Sender<Option<u64>>,
    report: mpsc::UnboundedSender<Report>,
}

impl Worker {
    async fn new(platform: &str, place: &str, classic: bool, report: mpsc::UnboundedSender<Report>) -> Self {
        let (armed, is_armed) = watch::channel(None);
        let (tripped, mut trips) = mpsc::unbounded_channel();
        let told = report.clone();
        tokio::spawn(async move {
            while let Some(round) = trips.recv().await {
                told.send(Report::Holding { round }).unwrap();
            }
        });
        let elapsed = Arc::new(AtomicU64::new(0));
        let hand = Arc::clone(&elapsed);
        let builder = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET)
            .api_base(platform)
            .transport(Tripwire::new(is_armed, tripped))
            .token_store(open(place).await)
            .token_lease(LEASE)
            .clock(move || Duration::from_secs(hand.load(Ordering::SeqCst)))
            .wall_clock(|| 0);
        let builder = if classic { builder.classic_token() } else { builder };
        Self { client: builder.build().unwrap(), elapsed, armed, report }
    }

    fn obey(&self, order: &Order) {
        match order {
            Order::Call { elapsed, hold } => {
                self.elapsed.store(*elapsed, Ordering::SeqCst);
                self.armed.send_replace(*hold);
                tokio::spawn(call(self.client.clone(), self.report.clone()));
            }
            _ => drop(self.armed.send_replace(None)),
        }
    }
}

async fn call(client: Client, report: mpsc::UnboundedSender<Report>) {
    let mut calls = JoinSet::new();
    for _ in 0..CALLS {
        let client = client.clone();
        calls.spawn(async move { client.get_json::<serde_json::Value>("/cgi-bin/getcallbackip", &[]).await });
    }
    let failures = calls.join_all().await.into_iter().filter_map(Result::err).map(|error| error.to_string());
    let failures = failures.collect();
    let token =
        client.access_token().await.map_or_else(|error| error.to_string(), |it| it.expose().to_owned());
    report.send(Report::Done { token, failures }).unwrap();
}

/// The store at an address of [`Place::address`](crate::place::Place::address).
async fn open(place: &str) -> Arc<dyn TokenStore> {
    let (kind, address) = place.split_once(' ').unwrap();
    let address = address.to_owned();
    match kind {
        "sqlite" => {
            // A machine that is busy with something else makes the disk wait for long.
            let options = SqliteOptions::default().busy_timeout(Duration::from_mins(1));
            let open = move || SqliteTokenStore::open_with(address, &options);
            let opened = tokio::task::spawn_blocking(open).await;
            Arc::new(opened.unwrap().unwrap())
        }
        #[cfg(feature = "postgres")]
        "postgres" => Arc::new(wx_store::PostgresTokenStore::connect(&address).await.unwrap()),
        #[cfg(feature = "redis")]
        "redis" => Arc::new(wx_store::RedisTokenStore::connect(&address).await.unwrap()),
        kind => panic!("there is no store of the kind {kind}"),
    }
}
