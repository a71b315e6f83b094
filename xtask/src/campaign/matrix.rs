use crate::cargo;
use anyhow::{Context, ensure};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
};

/// How much of it.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many texts; each is drawn in every preset at every level, in one of eight sizes
    #[arg(long, default_value_t = 1000)]
    payloads: usize,
}

/// The test of every change, with more payloads. It fails where one reader does not read one picture.
pub(super) fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let mut command = cargo(root);
    // The readers are generic, so they are compiled with the tests.
    command.args(["test", "--config", "profile.dev.package.scenarios.opt-level=2", "--quiet"]);
    command.args(["--package", "scenarios", "--features", "scenarios/zbar", "--test", "pictures"]);
    command.args(["matrix::", "--", "--nocapture"]);
    command.env("WX_MATRIX_PAYLOADS", options.payloads.to_string());
    let mut child = command.stdout(Stdio::piped()).spawn().context("cargo did not start")?;
    let stdout = child.stdout.take().expect("the output was asked for as a pipe");
    for line in BufReader::new(stdout).lines() {
        let line = line.context("what the tests say is no text")?;
        if line.starts_with("| ") {
            println!("{line}");
        }
    }
    let status = child.wait().context("cargo did not end")?;
    ensure!(status.success(), "not every picture is read by every reader");
    Ok(())
}
