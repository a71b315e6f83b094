mod cargo_fuzz;
mod report;
mod targets;

use anyhow::{Context, ensure};
use cargo_fuzz::CargoFuzz;
use report::Report;
use std::path::Path;
use targets::Target;

/// What `cargo xtask fuzz` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A target, or `all`
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// For how many minutes each target runs
    #[arg(default_value_t = 1.0)]
    minutes: f64,
    /// List the targets
    #[arg(long)]
    list: bool,
    /// Install what is missing: a nightly toolchain, cargo-fuzz
    #[arg(long)]
    install: bool,
}

/// Runs targets one after another and goes on after a failure.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let all = targets::all(root)?;
    if options.list {
        for target in &all {
            println!("{:<16} {}", target.name, target.about);
        }
        return Ok(());
    }
    let name = options.name.as_deref().unwrap_or("all");
    let chosen: Vec<&Target> = all.iter().filter(|target| name == "all" || target.name == name).collect();
    ensure!(!chosen.is_empty(), "there is no fuzz target {name}; see `cargo xtask fuzz --list`");
    let cargo_fuzz = CargoFuzz::prepare(root, options.install)?;
    let mut reports = Vec::new();
    for target in chosen {
        reports.push(fuzz(&cargo_fuzz, target, options.minutes)?);
    }
    println!();
    for report in &reports {
        print!("{report}");
    }
    let failed = reports.iter().filter(|report| report.failed()).count();
    ensure!(failed == 0, "targets that found something: {failed}; what they found is named above");
    Ok(())
}

fn fuzz(cargo_fuzz: &CargoFuzz<'_>, target: &Target, minutes: f64) -> anyhow::Result<Report> {
    let mut report = Report::new(&target.name);
    let ended_well = cargo_fuzz.run(target, minutes, &mut |line| report.read(line))?;
    let replay = cargo_fuzz.replay(target).context("the corpus cannot be measured")?;
    report.finish(ended_well, &replay);
    Ok(report)
}
