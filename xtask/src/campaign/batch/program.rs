use anyhow::Context;
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, ChildStderr, Command, Stdio},
};

/// `wx code batch` under way: the process that a user starts, and its worker.
pub(super) struct Program {
    pub(super) child: Child,
    stderr: BufReader<ChildStderr>,
}

/// Who is killed with `kill -9`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Victim {
    /// The process that the user started.
    Started,
    /// That one and its worker, as by a fall of the machine.
    Both,
}

impl Program {
    pub(super) fn start(mut command: Command) -> anyhow::Result<Self> {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take().context("stderr was asked for as a pipe")?;
        Ok(Self { child, stderr: BufReader::new(stderr) })
    }

    /// The next line of progress.
    pub(super) fn next(&mut self) -> anyhow::Result<Option<Value>> {
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

    pub(super) fn kill(&mut self, victim: Victim) -> anyhow::Result<()> {
        let workers = self.workers();
        self.child.kill()?;
        for worker in workers.iter().filter(|_| victim == Victim::Both) {
            // It may have ended already.
            Command::new("kill").args(["-9", worker]).stderr(Stdio::null()).status()?;
        }
        Ok(())
    }

    /// What it and its worker have taken at most so far.
    pub(super) fn megabytes(&self) -> u64 {
        let peak = |id: &String| -> Option<u64> {
            let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse().ok()
        };
        self.workers().iter().chain([&self.child.id().to_string()]).filter_map(peak).sum::<u64>() / 1024
    }

    fn workers(&self) -> Vec<String> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        children.split_whitespace().map(str::to_owned).collect()
    }
}
