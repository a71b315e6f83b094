//! The process that was started watches; another one works. If the first is killed, the second sees it, lets the calls under
//! way end, writes down what came of them, and goes: no answer is lost, and no code becomes unknown.

use crate::failure::{Failure, Outcome};
use std::{
    env,
    ffi::OsString,
    io::{self, Read},
    path::{Path, PathBuf},
    process::Stdio,
};
use tempfile::NamedTempFile;
use tokio::process::{Child, Command};

/// Tells the worker that it is one: where the plan is if it came from stdin, else nothing.
const WORKER: &str = "WX_BATCH_WORKER";
/// A plan of a million rows has some 100 MB.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// Whether this process is a worker, and where its plan is if not at the path it was given.
#[expect(clippy::option_option, reason = "no worker, no other place, another place")]
pub(super) fn plan_file() -> Option<Option<PathBuf>> {
    let place = env::var_os(WORKER)?;
    Some(Some(place).filter(|place| !place.is_empty()).map(PathBuf::from))
}

/// Starts the worker with the same arguments, tells it to stop when this process is told so, and ends as it ends. Told twice,
/// it waits no longer.
pub(super) async fn supervise(plan: &Path) -> Outcome {
    let spooled = if plan == Path::new("-") { Some(spool_stdin()?) } else { None };
    let place = spooled.as_ref().map_or_else(OsString::new, |file| file.path().into());
    let mut child =
        start(place).map_err(|error| Failure::failed(format!("cannot start the worker: {error}")))?;
    let lifeline = child.stdin.take();
    tokio::select! {
        ended = child.wait() => return outcome(ended),
        () = told_to_stop() => {}
    }
    crate::print::note("stopping after the calls that are under way");
    drop(lifeline);
    tokio::select! {
        ended = child.wait() => outcome(ended),
        () = told_to_stop() => Err(Failure::try_later(
            "not waited for; the calls under way are ended and written down in the background. To go on, run the same command \
             with --resume",
        )),
    }
}

fn start(place: OsString) -> io::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.args(env::args_os().skip(1)).env(WORKER, place).stdin(Stdio::piped());
    // What the terminal or a script sends to this process and its group is for this process alone.
    #[cfg(unix)]
    command.process_group(0);
    command.spawn()
}

fn outcome(ended: io::Result<std::process::ExitStatus>) -> Outcome {
    match ended.map(|status| status.code()) {
        Ok(Some(0)) => Ok(()),
        Ok(Some(code)) => Err(Failure::silent_with(code)),
        _ => Err(Failure::failed(
            "the worker was killed; calls that were under way may leave codes unknown. Run the same command with --resume",
        )),
    }
}

fn spool_stdin() -> Outcome<NamedTempFile> {
    let mut file =
        NamedTempFile::new().map_err(|error| Failure::failed(format!("no temporary file: {error}")))?;
    let read = io::copy(&mut io::stdin().lock().take(MOST_BYTES + 1), &mut file);
    match read.map_err(|error| Failure::invalid(format!("cannot read stdin: {error}")))? {
        too_long if too_long > MOST_BYTES => Err(Failure::invalid("stdin is longer than a plan can be")),
        _ => Ok(file),
    }
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = kinds.map(signal) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

/// Ready when the process that watches has ended or says stop: both close the pipe.
pub(super) async fn end_of_lifeline() {
    let (ended, is_ended) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut byte = [0];
        while io::stdin().lock().read(&mut byte).is_ok_and(|read| read > 0) {}
        // Nobody may wait any more.
        let _ = ended.send(());
    });
    let _ = is_ended.await;
}
