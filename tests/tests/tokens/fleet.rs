use crate::{
    control::{Order, Report},
    place::Place,
    worker::CONTROL,
};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use std::{collections::BTreeMap, net::SocketAddr};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, tcp::OwnedWriteHalf},
    process::{Child, Command},
    sync::mpsc,
    task::spawn_blocking,
};

/// Processes that share one token, each this very program started anew as one test of it.
#[derive(Debug)]
pub(crate) struct Fleet {
    test: &'static str,
    begin: Order,
    control: TcpListener,
    members: BTreeMap<usize, Member>,
    reports: mpsc::UnboundedReceiver<(usize, Report)>,
    report: mpsc::UnboundedSender<(usize, Report)>,
    started: usize,
}

#[derive(Debug)]
struct Member {
    process: Child,
    orders: OwnedWriteHalf,
}

impl Fleet {
    /// So many processes that run this test, which must begin with [`has_worked`](crate::worker::has_worked).
    pub(crate) async fn start(
        test: &'static str,
        count: usize,
        platform: String,
        place: &dyn Place,
        classic: bool,
    ) -> Self {
        let (report, reports) = mpsc::unbounded_channel();
        let control = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let begin = Order::Begin { platform, place: place.address(), classic };
        let mut fleet = Self { test, begin, control, members: BTreeMap::new(), reports, report, started: 0 };
        for _ in 0..count {
            fleet.add().await;
        }
        fleet
    }

    /// One more process.
    pub(crate) async fn add(&mut self) {
        let process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", self.test, "--nocapture"])
            .env(CONTROL, self.control.local_addr().unwrap().to_string())
            .stdout(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        // One after another, so that a connection belongs to the process that was started last.
        let (stream, _) = self.control.accept().await.unwrap();
        let (lines, mut orders) = stream.into_split();
        orders.write_all(self.begin.line().as_bytes()).await.unwrap();
        let (number, report) = (self.started, self.report.clone());
        self.started += 1;
        tokio::spawn(async move {
            let mut lines = BufReader::new(lines).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                // The test may have ended.
                let _ = report.send((number, Report::read(&line)));
            }
        });
        self.members.insert(number, Member { process, orders });
    }

    pub(crate) async fn order_all(&mut self, order: &Order) {
        for member in self.members.values_mut() {
            member.orders.write_all(order.line().as_bytes()).await.unwrap();
        }
    }

    /// The number of the process that stopped in this round with a fresh token in its hand. It does nothing else: one
    /// that is stopped while it writes could keep the others from the store for good.
    pub(crate) async fn holder(&mut self, round: u64) -> usize {
        loop {
            match self.reports.recv().await.unwrap() {
                (number, Report::Holding { round: found }) if found == round => return number,
                // It took the place of the holder of an earlier round, and its report came late.
                (_, Report::Holding { .. }) => {}
                (number, report) => panic!("{number} was to hold the token: {report:?}"),
            }
        }
    }

    /// The token that all of them use, apart from this one, when their calls have succeeded.
    pub(crate) async fn token(&mut self, without: Option<usize>) -> String {
        let mut waiting: Vec<usize> =
            self.members.keys().copied().filter(|it| Some(*it) != without).collect();
        let mut tokens = Vec::new();
        while !waiting.is_empty() {
            let (number, token) = self.done().await;
            waiting.retain(|it| *it != number);
            tokens.push(token);
        }
        tokens.sort();
        tokens.dedup();
        assert_eq!(tokens.len(), 1, "they use different tokens");
        tokens.remove(0)
    }

    /// The next process whose calls have succeeded, and its token.
    pub(crate) async fn done(&mut self) -> (usize, String) {
        loop {
            match self.reports.recv().await.unwrap() {
                (number, Report::Done { token, failures }) if failures.is_empty() => return (number, token),
                (number, Report::Done { failures, .. }) => panic!("process {number}: {failures:?}"),
                // It took the place of another before it was told to hold no more.
                (_, Report::Holding { .. }) => {}
            }
        }
    }

    /// As `kill -9`; its place is empty afterwards.
    pub(crate) async fn kill(&mut self, number: usize) {
        self.members.remove(&number).unwrap().process.kill().await.unwrap();
    }

    /// Stops the process. On a busy machine its threads run on for a while after the signal: it stands when the system
    /// says so.
    pub(crate) async fn pause(&self, number: usize) {
        let id = self.id(number);
        kill_process(id, Signal::STOP).unwrap();
        let stopped = spawn_blocking(move || waitpid(Some(id), WaitOptions::UNTRACED)).await.unwrap();
        assert!(stopped.unwrap().unwrap().1.stopped());
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self, number: usize) {
        kill_process(self.id(number), Signal::CONT).unwrap();
    }

    fn id(&self, number: usize) -> Pid {
        Pid::from_raw(self.members[&number].process.id().unwrap().cast_signed()).unwrap()
    }
}
