#![doc = include_str!("../README.md")]

mod args;
mod commands;
mod config;
mod edge;
mod failure;
mod logging;
mod print;

use args::Args;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    logging::start(args.verbose);
    match commands::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
