mod program;
mod simulator;

use crate::cargo;
use anyhow::{Context, ensure};
use program::{Program, Victim};
use serde_json::Value;
use simulator::Simulator;
use std::{
    fs,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

/// How much of it.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many permanent codes
    #[arg(long, default_value_t = 100_000)]
    codes: usize,
    /// How often the program is killed
    #[arg(long, default_value_t = 20)]
    kills: usize,
    /// Calls under way at a time, of the program and of the bare client
    #[arg(long, default_value_t = 32)]
    concurrency: usize,
    /// How often both clients are measured, one after the other; the medians count
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// Memory that a batch may take, both of its processes together.
const MOST_MEGABYTES: u64 = 150;
const SMALLEST_RATIO: f64 = 0.7;

/// A new simulator each time: for the bare client and an undisturbed batch in turns, for a batch of which the process that was
/// started is killed, and for one that is killed with its worker.
pub(super) fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let built = cargo(root)
        .args([
            "build",
            "--release",
            "--quiet",
            "-p",
            "wx-cli",
            "-p",
            "benches",
            "--bin",
            "wx",
            "--example",
            "bare_client",
        ])
        .status()?;
    ensure!(built.success(), "it does not build");
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), PathBuf::from)
        .join("release");
    let folder = tempfile::tempdir()?;
    let world = World {
        wx: target.join("wx"),
        bare: target.join("examples/bare_client"),
        folder: folder.path(),
        options,
    };
    let rows = (0..options.codes).map(|n| format!("shop-{n:06}\n"));
    fs::write(folder.path().join("plan.csv"), format!("scene\n{}", rows.collect::<String>()))?;

    let (mut bare, mut calm) = (Vec::new(), Vec::new());
    for round in 1..=options.rounds {
        bare.push(world.bare()?);
        calm.push(world.calm(&format!("calm{round}"))?);
        println!("round {round}: bare {:.0}, {:?}", bare[round - 1], calm[round - 1]);
    }
    let megabytes = calm.iter().map(|calm| calm.megabytes).max().unwrap_or_default();
    // Other work on the machine comes and goes, and strikes both of a round.
    let ratio = median(calm.iter().zip(&bare).map(|(calm, bare)| calm.per_second / bare).collect());
    let bare = median(bare);
    let of = |rate: fn(&Calm) -> f64| median(calm.iter().map(rate).collect());
    println!("bare hyper-util client   {bare:>8.0} codes/s");
    println!("wx code batch            {:>8.0} codes/s, ratio {ratio:.2}", of(|calm| calm.per_second));
    println!("  pictures and manifest  {:>8.0} codes/s", of(|calm| calm.pictures));
    println!("  from start to end      {:>8.0} codes/s, {megabytes} MB at most", of(|calm| calm.whole));
    let killed = world.killed(Victim::Started)?;
    println!(
        "killed {} times         each of {} scenes once, manifest complete, {} MB at most",
        killed.times, options.codes, killed.megabytes
    );
    let both = world.killed(Victim::Both)?;
    println!(
        "killed with its worker {} times: no scene twice, manifest complete, {} codes unknown of which {} exist; \
         --retry-unknown ends it with {} scenes twice; {} MB at most",
        both.times, both.unknown, both.exist, both.twice, both.megabytes
    );
    let megabytes = megabytes.max(killed.megabytes).max(both.megabytes);
    ensure!(megabytes <= MOST_MEGABYTES, "more than {MOST_MEGABYTES} MB");
    ensure!(options.rounds == 0 || ratio >= SMALLEST_RATIO, "less than {SMALLEST_RATIO} of the bare client");
    Ok(())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

struct World<'a> {
    wx: PathBuf,
    bare: PathBuf,
    folder: &'a Path,
    options: &'a Options,
}

#[derive(Debug)]
struct Calm {
    per_second: f64,
    pictures: f64,
    whole: f64,
    megabytes: u64,
}

#[derive(Debug, Default)]
struct Killed {
    times: usize,
    megabytes: u64,
    /// Codes that are unknown in the end, those of them that the platform has, and scenes that exist twice after a person
    /// had them asked for again.
    unknown: usize,
    exist: usize,
    twice: usize,
}

impl World<'_> {
    fn bare(&self) -> anyhow::Result<f64> {
        let simulator = Simulator::start(&self.wx)?;
        let mut command = Command::new(&self.bare);
        command
            .arg(&simulator.base)
            .args([self.options.codes, self.options.concurrency].map(|n| n.to_string()));
        let output = command.stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "the bare client failed");
        Ok(String::from_utf8(output.stdout)?.trim().parse()?)
    }

    #[expect(clippy::disallowed_methods, reason = "it measures")]
    fn calm(&self, name: &str) -> anyhow::Result<Calm> {
        let simulator = Simulator::start(&self.wx)?;
        let begun = Instant::now();
        let mut batch = self.batch(&simulator, name, &[])?;
        let mut last = [0.0, 0.0];
        let mut megabytes = 0;
        while let Some(told) = batch.next()? {
            megabytes = megabytes.max(batch.megabytes());
            let at = usize::from(told["step"] == "pictures");
            last[at] = told["per_second"].as_f64().unwrap_or_default();
        }
        ensure!(batch.child.wait()?.success(), "the batch failed");
        let seconds = begun.elapsed().as_secs_f64();
        self.check(&simulator, name)?;
        let [per_second, pictures] = last;
        #[expect(clippy::cast_precision_loss, reason = "codes are few")]
        let whole = self.options.codes as f64 / seconds;
        Ok(Calm { per_second, pictures, whole, megabytes })
    }

    fn killed(&self, victim: Victim) -> anyhow::Result<Killed> {
        let simulator = Simulator::start(&self.wx)?;
        let name = format!("{victim:?}");
        let random = RandomState::new();
        let mut killed = Killed::default();
        for kill in 0..self.options.kills {
            // Anywhere in the part of this kill.
            let part = (self.options.codes / self.options.kills).max(1);
            let at = kill * part + usize::try_from(random.hash_one(kill) % part as u64)?;
            let mut batch = self.batch(&simulator, &name, &[])?;
            while let Some(told) = batch.next()? {
                killed.megabytes = killed.megabytes.max(batch.megabytes());
                if told["step"] == "create" && told["done"].as_u64() >= Some(at as u64) {
                    batch.kill(victim)?;
                    killed.times += 1;
                    break;
                }
            }
            batch.child.wait()?;
        }
        let ended = self.last(&simulator, &name, &[], &mut killed)?;
        if victim == Victim::Started {
            ensure!(ended == Some(0), "the last run failed");
            self.check(&simulator, &name)?;
        } else {
            ensure!(ended == Some(i32::from(killed.unknown > 0)), "the last run ended with {ended:?}");
            self.clear_quota(&simulator)?;
            let ended = self.last(&simulator, &name, &["--retry-unknown"], &mut Killed::default())?;
            ensure!(ended == Some(0), "the run with --retry-unknown failed");
            let codes = simulator.codes()?;
            ensure!(codes.len() == self.options.codes, "the simulator has {} scenes", codes.len());
            killed.twice = codes.values().filter(|tickets| tickets.len() > 1).count();
            ensure!(killed.twice == killed.exist, "only what existed may exist twice");
        }
        Ok(killed)
    }

    /// A run that nobody kills. No scene exists twice before, whatever is unknown.
    fn last(
        &self,
        simulator: &Simulator,
        name: &str,
        more: &[&str],
        killed: &mut Killed,
    ) -> anyhow::Result<Option<i32>> {
        let mut batch = self.batch(simulator, name, more)?;
        while batch.next()?.is_some() {
            killed.megabytes = killed.megabytes.max(batch.megabytes());
        }
        let ended = batch.child.wait()?.code();
        if more.is_empty() {
            let codes = simulator.codes()?;
            ensure!(codes.values().all(|tickets| tickets.len() == 1), "a scene exists twice");
            let unknown = self.manifest(name)?.into_iter().filter(|line| line["state"] == "unknown");
            for line in unknown {
                killed.unknown += 1;
                killed.exist += usize::from(codes.contains_key(line["scene"].as_str().unwrap_or_default()));
            }
        }
        Ok(ended)
    }

    fn batch(&self, simulator: &Simulator, name: &str, more: &[&str]) -> anyhow::Result<Program> {
        let mut command = Command::new(&self.wx);
        command
            .current_dir(self.folder)
            .envs(simulator.account())
            .args(["code", "batch", "plan.csv", "--resume"])
            .args(more);
        command.args(["--db", &format!("{name}.db"), "--out", name, "--manifest", &format!("{name}.json")]);
        command.args(["--stop-mark", "200000", "--concurrency", &self.options.concurrency.to_string()]);
        Program::start(command)
    }

    /// More calls are needed than a day has.
    fn clear_quota(&self, simulator: &Simulator) -> anyhow::Result<()> {
        let mut command = Command::new(&self.wx);
        command.args(["quota", "clear", "/cgi-bin/qrcode/create", "--yes"]).envs(simulator.account());
        let cleared = command.current_dir(self.folder).stdout(Stdio::null()).status()?;
        ensure!(cleared.success(), "the calls of the day were not cleared");
        Ok(())
    }

    fn manifest(&self, name: &str) -> anyhow::Result<Vec<Value>> {
        let lines: Vec<Value> = serde_json::from_slice(&fs::read(self.folder.join(format!("{name}.json")))?)?;
        ensure!(lines.len() == self.options.codes, "the manifest has {} lines", lines.len());
        Ok(lines)
    }

    /// Each scene once at the simulator, and each in the manifest with its ticket and its picture.
    fn check(&self, simulator: &Simulator, name: &str) -> anyhow::Result<()> {
        let mut tickets = simulator.codes()?;
        ensure!(tickets.len() == self.options.codes, "the simulator has {} scenes", tickets.len());
        for line in self.manifest(name)? {
            let scene = line["scene"].as_str().context("a line has no scene")?;
            let ticket = tickets.remove(scene).with_context(|| format!("the simulator has no {scene}"))?;
            ensure!(ticket.len() == 1, "{scene} exists {} times", ticket.len());
            ensure!(line["ticket"] == ticket[0], "another ticket of {scene}: {line}");
            let file = line["file"].as_str().with_context(|| format!("no picture of {scene}"))?;
            ensure!(self.folder.join(name).join(file).exists(), "{file} is not there");
        }
        Ok(())
    }
}
