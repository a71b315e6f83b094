use crate::cargo;
use anyhow::{Context, ensure};
use clap::ValueEnum;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// How much of it, and where the token is kept.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many processes share the token
    #[arg(long, default_value_t = 64)]
    processes: usize,
    /// How often it ends; a third of that where holders are paused
    #[arg(long, default_value_t = 1000)]
    expiries: usize,
    /// Where it is kept
    #[arg(long, value_enum, default_value_t = Store::Sqlite)]
    store: Store,
}

/// All but the first start a server, which must be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Store {
    Sqlite,
    Postgres,
    Redis,
}

impl Store {
    /// The module of its tests.
    fn module(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite::",
            Self::Postgres => "postgres::",
            Self::Redis => "redis::",
        }
    }

    fn feature(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("scenarios/postgres"),
            Self::Redis => Some("scenarios/redis"),
        }
    }
}

const HEAD: &str = "\
| store    | what                                 | processes | expiries | killed | paused | refreshes |    calls |
|----------|--------------------------------------|-----------|----------|--------|--------|-----------|----------|";

/// The tests of every change, with other numbers. They fail where the figures are not exactly right.
pub(super) fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let mut command = tests(root, options);
    println!("{HEAD}");
    let mut child = command.stdout(Stdio::piped()).spawn().context("cargo did not start")?;
    let stdout = child.stdout.take().expect("the output was asked for as a pipe");
    let mut others = Vec::new();
    for line in BufReader::new(stdout).lines() {
        let line = line.context("what the tests say is no text")?;
        if line.starts_with("| ") {
            println!("{line}");
        } else {
            others.push(line);
        }
    }
    let status = child.wait().context("cargo did not end")?;
    ensure!(status.success(), "the figures are not right:\n{}", others.join("\n"));
    Ok(())
}

fn tests(root: &Path, options: &Options) -> Command {
    let mut command = cargo(root);
    command.args(["test", "--quiet", "--package", "scenarios", "--test", "tokens"]);
    command.args(options.store.feature().iter().flat_map(|feature| ["--features", feature]));
    command.args([options.store.module(), "--", "--nocapture", "--test-threads=1"]);
    command.env("WX_FLEET_PROCESSES", options.processes.to_string());
    command.env("WX_FLEET_EXPIRIES", options.expiries.to_string());
    command
}
