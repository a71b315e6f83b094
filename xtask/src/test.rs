mod browser;
mod cargo;
mod counts;
mod fonts;
mod interop;
mod packages;
mod poppler;
mod postgres;
mod redis;
mod report;
mod snapshots;
mod zbar;

use crate::{codegen, tidy};
use clap::ValueEnum;
use counts::Counts;
use report::{Outcome, Report};
use std::{path::Path, process::ExitCode};

/// What `cargo xtask test` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Install missing packages (Debian, Ubuntu); always done when `CI` is set
    #[arg(long)]
    pub(crate) install: bool,
    /// Run only these suites
    #[arg(value_enum)]
    pub(crate) suites: Vec<Suite>,
}

impl Options {
    fn installs(&self) -> bool {
        self.install || std::env::var_os("CI").is_some()
    }
}

/// What is run and named as one in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Generated files are up to date
    Codegen,
    /// The rules of the repository
    Tidy,
    /// rustfmt
    Fmt,
    /// clippy, warnings are errors
    Clippy,
    /// The documentation, warnings are errors
    Doc,
    /// Unit, integration, documentation, scenario and browser tests, then their snapshots
    Tests,
    /// Round trips between wx-crypto and Python's `cryptography`
    Interop,
}

/// Runs all suites, goes on after a failure, and reports at the end.
pub(crate) fn run(root: &Path, options: &Options) -> ExitCode {
    let mut report = Report::default();
    for suite in Suite::value_variants() {
        if options.suites.is_empty() || options.suites.contains(suite) {
            run_suite(root, *suite, options, &mut report);
        }
    }
    print!("{report}");
    if report.failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn run_suite(root: &Path, suite: Suite, options: &Options, report: &mut Report) {
    match suite {
        Suite::Codegen => report.add("codegen", Outcome::of(codegen::check(root))),
        Suite::Tidy => report.add("tidy", Outcome::of(tidy::check(root))),
        Suite::Fmt => report.add("fmt", cargo::check(root, &["fmt", "--all", "--check"], &[])),
        Suite::Clippy => {
            let args = [
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--keep-going",
                "--",
                "-D",
                "warnings",
            ];
            report.add("clippy", cargo::check(root, &args, &[]));
        }
        Suite::Doc => {
            let args = ["doc", "--workspace", "--no-deps", "--all-features", "--keep-going"];
            report.add("doc", cargo::check(root, &args, &[("RUSTDOCFLAGS", "-D warnings")]));
        }
        Suite::Tests => tests(root, options, report),
        Suite::Interop => report.add("interop", interop::run(root, options.installs())),
    }
}

/// Switches the tests on that drive a browser.
const BROWSER: &str = "scenarios/browser";

/// One run of cargo for all tests, so that nothing is built twice. Those that need what is not installed are left out and
/// named.
fn tests(root: &Path, options: &Options, report: &mut Report) {
    let install = options.installs();
    let mut features = Vec::new();
    for (suite, feature, prepared) in [
        ("browser", BROWSER, browser::prepare(install)),
        ("postgres", "scenarios/postgres", postgres::prepare(install)),
        ("redis", "scenarios/redis", redis::prepare(install)),
        ("zbar", "scenarios/zbar", zbar::prepare(install)),
        ("poppler", "scenarios/poppler", poppler::prepare(install)),
        ("fonts", "scenarios/fonts", fonts::prepare(install)),
    ] {
        match prepared {
            Ok(()) => features.push(feature),
            Err(outcome) => report.add(suite, outcome),
        }
    }
    let with_browser = features.contains(&BROWSER);
    let references = snapshots::References::new();
    let tests = cargo::test(root, &features, references.path());
    let passed = matches!(tests, Outcome::Tests { counts: Counts { failed: 0, .. }, .. });
    report.add("tests", tests);
    report.add(
        "snapshots",
        if passed {
            Outcome::of(references.check(root, with_browser))
        } else {
            Outcome::Skipped("snapshots are compared with their tests only when all tests pass".to_owned())
        },
    );
}
