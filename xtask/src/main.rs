//! Repository tasks: `cargo xtask --help`.

mod codegen;

use clap::{Parser, Subcommand};
use std::path::Path;

/// Repository tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write the generated files
    Codegen {
        /// Only say whether they are up to date
        #[arg(long)]
        check: bool,
    },
}

fn main() -> anyhow::Result<()> {
    match Args::parse().task {
        Task::Codegen { check: true } => codegen::check(root()),
        Task::Codegen { check: false } => codegen::write(root()),
    }
}

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}
