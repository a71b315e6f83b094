use super::contest::Mode;
use anyhow::{Context, ensure};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// A program that works when it is told to. It has checked that it does so rightly before it says that it is ready.
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) name: String,
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    modes: Vec<Work>,
}

/// What it does in one mode, and how long that took.
#[derive(Debug)]
struct Work {
    mode: &'static str,
    /// How often it does that in a batch.
    count: u64,
    /// Nanoseconds each time, one figure for each round.
    taken: Vec<f64>,
}

/// Long enough for the clocks, short enough that everybody meets the same neighbours on the machine.
const BATCH_NANOS: u64 = 100_000_000;
/// Compilers that work while the program runs are through by then.
const WARM_NANOS: u64 = 1_000_000_000;

impl Peer {
    pub(super) fn start(mut command: Command, modes: &[Mode]) -> anyhow::Result<Self> {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("it does not start")?;
        let stdin = child.stdin.take().expect("asked for as a pipe");
        let stdout = BufReader::new(child.stdout.take().expect("asked for as a pipe"));
        let mut peer = Self { name: String::new(), child, stdin, stdout, modes: Vec::new() };
        peer.read_ready(modes)?;
        Ok(peer)
    }

    /// Finds out how often it works in a batch.
    pub(super) fn warm_up(&mut self) -> anyhow::Result<()> {
        for index in 0..self.modes.len() {
            let (mut spent, mut count) = (0, 16);
            while spent < WARM_NANOS {
                let taken = self.batch(self.modes[index].mode, count)?.max(1);
                spent += taken;
                count = (count * BATCH_NANOS / taken).clamp(count.div_ceil(2), count * 8).max(1);
            }
            self.modes[index].count = count;
        }
        Ok(())
    }

    /// One batch, if this mode is known.
    pub(super) fn measure(&mut self, mode: &str) -> anyhow::Result<()> {
        let Some(index) = self.modes.iter().position(|work| work.mode == mode) else { return Ok(()) };
        let count = self.modes[index].count;
        let taken = self.batch(mode, count)?;
        #[expect(clippy::cast_precision_loss, reason = "figures of some seconds")]
        self.modes[index].taken.push(taken as f64 / count as f64);
        Ok(())
    }

    /// Nanoseconds each time: the median of the rounds.
    pub(super) fn median(&self, mode: &str) -> Option<f64> {
        let work = self.modes.iter().find(|work| work.mode == mode)?;
        let mut taken = work.taken.clone();
        taken.sort_by(f64::total_cmp);
        taken.get(taken.len() / 2).copied()
    }

    /// Whichever is shorter: CPU time leaves other programs out, wall time leaves the program's own helpers out.
    fn batch(&mut self, mode: &str, count: u64) -> anyhow::Result<u64> {
        writeln!(self.stdin, "{mode} {count}")?;
        let line = self.read_line()?;
        let times: Option<Vec<u64>> = line.split_whitespace().map(|time| time.parse().ok()).collect();
        times
            .and_then(|times| times.into_iter().min())
            .with_context(|| format!("{} said {line:?}", self.name))
    }

    fn read_ready(&mut self, modes: &[Mode]) -> anyhow::Result<()> {
        let line = self.read_line()?;
        let mut words = line.split_whitespace();
        ensure!(words.next() == Some("ready"), "it does not work rightly; its output is above");
        self.name = words.by_ref().take(2).collect::<Vec<_>>().join(" ");
        let modes = words.filter_map(|word| modes.iter().find(|mode| mode.name == word));
        self.modes = modes.map(|mode| Work { mode: mode.name, count: 1, taken: Vec::new() }).collect();
        Ok(())
    }

    fn read_line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        Ok(line)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
