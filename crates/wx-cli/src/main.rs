//! The program `wx`: codes, callback service, reports and a simulator for WeChat QR codes with parameters
//! (公众号带参数二维码).

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
