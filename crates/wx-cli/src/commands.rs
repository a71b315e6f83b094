//! One file per command; each holds its flags and what it does.

pub(crate) mod code;
pub(crate) mod demo;
pub(crate) mod errcode;
pub(crate) mod push;
pub(crate) mod quota;
pub(crate) mod reply;
pub(crate) mod report;
pub(crate) mod serve;
pub(crate) mod sim;
pub(crate) mod token;

use std::time::Duration;

use crate::{
    args::{Args, Command},
    config::Settings,
    failure::{Failure, Outcome},
};

/// Runs the command.
pub(crate) fn run(args: Args) -> Outcome {
    let context = Context { json: args.json, settings: Settings::read(args.config.as_deref())? };
    match args.command {
        Command::Demo(demo) => wait(demo.run(&context)),
        Command::Serve(serve) => wait(serve.run(&context)),
        Command::Sim(sim) => wait(sim.run(&context)),
        Command::Code(code) => wait(code.run(&context)),
        Command::Push(push) => wait(push.run(&context)),
        Command::Reply(reply) => reply.run(&context),
        Command::Report(report) => wait(report.run(&context)),
        Command::Token(token) => wait(token.run(&context)),
        Command::Quota(quota) => wait(quota.run(&context)),
        Command::Errcode(errcode) => errcode.run(&context),
    }
}

/// What every command knows.
pub(crate) struct Context {
    /// Whether stdout is for a script.
    pub(crate) json: bool,
    /// The configuration file.
    pub(crate) settings: Settings,
}

fn wait(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("the system gives no threads or timers: {error}")))?;
    let outcome = runtime.block_on(work);
    // A report that is still being counted for nobody must not hold the program.
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}
