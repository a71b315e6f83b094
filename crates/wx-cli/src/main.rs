#![doc = include_str!("../README.md")]

mod args;
mod commands;
mod config;
mod edge;
mod failure;
mod input;
mod logging;
mod print;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    logging::start(args.verbose, matches!(args.command, Command::Serve(_) | Command::Sim(_)));
    match commands::run(args) {
        Ok(()) if print::stdout_failed() => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
