//! Repository tasks: `cargo xtask --help`.

mod campaign;
mod codegen;
mod compare;
mod fuzz;
mod test;
mod tidy;

use clap::{Parser, Subcommand};
use std::{
    env,
    path::Path,
    process::{Command, ExitCode},
};

/// Repository tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run every test and check; the last line counts them
    Test(test::Options),
    /// Check what compilers do not: floors, trees, sources, manifests, links
    Tidy,
    /// Write the generated files
    Codegen {
        /// Only say whether they are up to date
        #[arg(long)]
        check: bool,
    },
    /// Run fuzz targets, then measure every input that is known
    Fuzz(fuzz::Options),
    /// Measure ours and others on the same work
    Compare(compare::Options),
    /// Try for long what must always hold
    #[command(subcommand)]
    Campaign(campaign::Campaign),
    /// Run `test` as the CI does: missing packages are installed
    Ci,
}

fn main() -> ExitCode {
    let done = match Args::parse().task {
        Task::Test(options) => return test::run(root(), &options),
        Task::Ci => return test::run(root(), &test::Options { install: true, suites: Vec::new() }),
        Task::Fuzz(options) => fuzz::run(root(), &options),
        Task::Compare(options) => compare::run(root(), &options),
        Task::Campaign(campaign) => campaign::run(root(), &campaign),
        Task::Tidy => tidy::check(root()),
        Task::Codegen { check: true } => codegen::check(root()),
        Task::Codegen { check: false } => codegen::write(root()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Cargo, the one that runs this program, at the root of the repository.
fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}
