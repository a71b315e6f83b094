//! One file per command; each holds its flags and what it does.

pub(crate) mod code;
pub(crate) mod demo;
pub(crate) mod doctor;
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
    let (settings, defect) = match Settings::read(args.config.as_deref()) {
        Ok(settings) => (settings, None),
        Err(failure) => (Settings::default(), Some(failure)),
    };
    let context = Context { json: args.json, settings };
    match (args.command, defect) {
        // To the doctor a file that cannot be read is a finding.
        (Command::Doctor(doctor), defect) => wait(doctor.run(&context, defect)),
        (_, Some(failure)) => Err(failure),
        (command, None) => run_with(command, &context),
    }
}

fn run_with(command: Command, context: &Context) -> Outcome {
    match command {
        Command::Demo(demo) => wait(demo.run(context)),
        Command::Serve(serve) => wait(serve.run(context)),
        Command::Sim(sim) => wait(sim.run(context)),
        Command::Code(code) => wait(code.run(context)),
        Command::Push(push) => wait(push.run(context)),
        Command::Reply(reply) => reply.run(context),
        Command::Report(report) => wait(report.run(context)),
        Command::Token(token) => wait(token.run(context)),
        Command::Quota(quota) => wait(quota.run(context)),
        Command::Doctor(doctor) => wait(doctor.run(context, None)),
        Command::Errcode(errcode) => errcode.run(context),
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
