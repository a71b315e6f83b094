mod simulator;

use crate::cargo;
use anyhow::{Context, ensure};
use serde_json::Value;
use simulator::Simulator;
use std::{
    fs,
    hash::{BuildHasher, RandomState},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
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
}

/// Memory that a batch may take, both of its processes together.
const MOST_MEGABYTES: u64 = 150;
const SMALLEST_RATIO: f64 = 0.7;

/// Three simulators, each new: one for the bare client, one for an undisturbed batch, one for a batch that is killed.
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

    let bare = world.bare()?;
    println!("bare hyper-util client   {bare:>8.0} codes/s");
    let calm = world.calm()?;
    let ratio = calm.per_second / bare;
    println!(
        "wx code batch            {:>8.0} codes/s, ratio {ratio:.2}, {} MB at most",
        calm.per_second, calm.megabytes
    );
    println!("  pictures and manifest  {:>8.0} codes/s", calm.pictures);
    let killed = world.killed()?;
    println!(
        "killed {} times         each of {} scenes once, manifest complete, {} MB at most",
        killed.times, options.codes, killed.megabytes
    );
    ensure!(calm.megabytes.max(killed.megabytes) <= MOST_MEGABYTES, "more than {MOST_MEGABYTES} MB");
    ensure!(ratio >= SMALLEST_RATIO, "less than {SMALLEST_RATIO} of the bare client");
    Ok(())
}

struct World<'a> {
    wx: PathBuf,
    bare: PathBuf,
    folder: &'a Path,
    options: &'a Options,
}

struct Calm {
    per_second: f64,
    pictures: f64,
    megabytes: u64,
}

struct Killed {
    times: usize,
    megabytes: u64,
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

    fn calm(&self) -> anyhow::Result<Calm> {
        let simulator = Simulator::start(&self.wx)?;
        let mut batch = self.batch(&simulator, "calm")?;
        let mut last = [0.0, 0.0];
        let mut megabytes = 0;
        while let Some(told) = batch.next()? {
            megabytes = megabytes.max(batch.megabytes());
            let at = usize::from(told["step"] == "pictures");
            last[at] = told["per_second"].as_f64().unwrap_or_default();
        }
        ensure!(batch.child.wait()?.success(), "the batch failed");
        self.check(&simulator, "calm")?;
        let [per_second, pictures] = last;
        Ok(Calm { per_second, pictures, megabytes })
    }

    fn killed(&self) -> anyhow::Result<Killed> {
        let simulator = Simulator::start(&self.wx)?;
        let random = RandomState::new();
        let (mut times, mut megabytes) = (0, 0);
        for kill in 0..self.options.kills {
            // Anywhere in the part of this kill.
            let part = (self.options.codes / self.options.kills).max(1);
            let at = kill * part + usize::try_from(random.hash_one(kill) % part as u64)?;
            let mut batch = self.batch(&simulator, "killed")?;
            while let Some(told) = batch.next()? {
                megabytes = megabytes.max(batch.megabytes());
                if told["step"] == "create" && told["done"].as_u64() >= Some(at as u64) {
                    batch.child.kill()?;
                    times += 1;
                    break;
                }
            }
            batch.child.wait()?;
        }
        let mut batch = self.batch(&simulator, "killed")?;
        while batch.next()?.is_some() {
            megabytes = megabytes.max(batch.megabytes());
        }
        ensure!(batch.child.wait()?.success(), "the last run failed");
        self.check(&simulator, "killed")?;
        Ok(Killed { times, megabytes })
    }

    fn batch(&self, simulator: &Simulator, name: &str) -> anyhow::Result<Batch> {
        let mut command = Command::new(&self.wx);
        command
            .current_dir(self.folder)
            .envs(simulator.account())
            .args(["code", "batch", "plan.csv", "--resume"]);
        command.args(["--db", &format!("{name}.db"), "--out", name, "--manifest", &format!("{name}.json")]);
        command.args(["--stop-mark", "100000", "--concurrency", &self.options.concurrency.to_string()]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take().context("stderr was asked for as a pipe")?;
        Ok(Batch { child, stderr: BufReader::new(stderr) })
    }

    /// Each scene once at the simulator, and each in the manifest with its ticket and its picture.
    fn check(&self, simulator: &Simulator, name: &str) -> anyhow::Result<()> {
        let mut tickets = simulator.codes()?;
        ensure!(tickets.len() == self.options.codes, "the simulator has {} codes", tickets.len());
        let manifest: Vec<Value> =
            serde_json::from_slice(&fs::read(self.folder.join(format!("{name}.json")))?)?;
        ensure!(manifest.len() == self.options.codes, "the manifest has {} lines", manifest.len());
        for line in manifest {
            let scene = line["scene"].as_str().context("a line has no scene")?;
            let ticket = tickets.remove(scene).with_context(|| format!("the simulator has no {scene}"))?;
            ensure!(line["ticket"] == ticket, "another ticket of {scene}: {line}");
            let file = line["file"].as_str().with_context(|| format!("no picture of {scene}"))?;
            ensure!(self.folder.join(name).join(file).exists(), "{file} is not there");
        }
        Ok(())
    }
}

struct Batch {
    child: Child,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Batch {
    /// The next line of progress.
    fn next(&mut self) -> anyhow::Result<Option<Value>> {
        let mut line = String::new();
        while self.stderr.read_line(&mut line)? > 0 {
            if let Ok(told) = serde_json::from_str(&line) {
                return Ok(Some(told));
            }
            eprint!("{line}");
            line.clear();
        }
        Ok(None)
    }

    /// What it and its worker have taken at most so far.
    fn megabytes(&self) -> u64 {
        let id = self.child.id().to_string();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        let peak = |id: &str| -> Option<u64> {
            let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse().ok()
        };
        children.split_whitespace().chain([id.as_str()]).filter_map(peak).sum::<u64>() / 1024
    }
}
