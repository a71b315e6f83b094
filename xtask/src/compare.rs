mod contest;
mod environment;
mod payloads;
mod peer;
mod table;

use anyhow::ensure;
use clap::ValueEnum;
use contest::{Contest, PUSHES, RENDER};
use environment::{Environment, Peers};
use peer::Peer;
use std::{path::Path, process::Command};
use table::{Row, Table};

/// What `cargo xtask compare` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(value_enum)]
    what: What,
    /// How often everybody is measured, in turns
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u32).range(5..))]
    rounds: u32,
}

/// What is compared.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Receiving pushes, with wechatpy, `WeRoBot`, co-wechat and xml2js
    Pushes,
    /// Drawing a code as SVG and PNG, with segno
    Render,
}

/// Measures everybody on the same payloads in the same run and prints the table.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let environment = Environment::new(root)?;
    match options.what {
        What::Pushes => compare(root, &PUSHES, environment.receivers(), options.rounds),
        What::Render => compare(root, &RENDER, environment.drawers(), options.rounds),
    }
}

fn compare(root: &Path, contest: &'static Contest, all: Peers, rounds: u32) -> anyhow::Result<()> {
    let (mut peers, mut missing) = (Vec::new(), Vec::new());
    for (name, command) in all {
        let start = |mut command: Command| {
            command.envs((contest.variables)(root));
            Peer::start(command, &contest.modes)
        };
        match command.and_then(start) {
            Ok(peer) => peers.push(peer),
            Err(error) if peers.is_empty() => return Err(error),
            Err(error) => missing.push(Row::missing(name, format!("{error:#}"))),
        }
    }
    for peer in &mut peers {
        println!("warming up {}", peer.name);
        peer.warm_up()?;
    }
    for round in 1..=rounds {
        println!("round {round} of {rounds}");
        for peer in &mut peers {
            contest.modes.iter().try_for_each(|mode| peer.measure(mode.name))?;
        }
    }
    let rows: Vec<Row> = peers.iter().map(|peer| Row::of(peer, contest)).chain(missing).collect();
    let table = Table { contest, rows };
    print!("\n{table}");
    ensure!(table.is_whole(), "not everybody could be measured; the table says whom and why");
    Ok(())
}
