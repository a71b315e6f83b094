use super::report::Outcome;
use crate::cargo;
use std::{
    ffi::OsStr,
    io,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

const SCRIPT: &str = "crates/wx-crypto/interop/round_trip.py";
const PACKAGE: &str = "cryptography";
/// With which a script says that something it needs is not installed.
const SKIPPED: i32 = 77;

/// Round trips between `wx-crypto` and a second implementation, in Python.
pub(super) fn run(root: &Path, install: bool) -> Outcome {
    let outcome = round_trip(root, OsStr::new("python3"));
    match outcome {
        Outcome::Skipped(why) if install => installed(root).unwrap_or_else(|error| {
            Outcome::Failed(format!(
                "{why}, and `pip install {PACKAGE}` into a folder of its own failed: {error}"
            ))
        }),
        Outcome::Skipped(why) => {
            Outcome::Skipped(format!("{why}; `cargo xtask test --install` takes it into a temporary folder"))
        }
        outcome => outcome,
    }
}

/// With a Python that has the package and goes afterwards.
fn installed(root: &Path) -> io::Result<Outcome> {
    let venv = TempDir::with_prefix("wx-interop-")?;
    let python = venv.path().join("bin/python");
    succeed(Command::new("python3").args(["-m", "venv"]).arg(venv.path()))?;
    succeed(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        PACKAGE,
    ]))?;
    Ok(round_trip(root, python.as_os_str()))
}

fn round_trip(root: &Path, python: &OsStr) -> Outcome {
    println!("\n$ {} {SCRIPT}", python.to_string_lossy());
    let mut command = Command::new(python);
    // The other side is run by cargo, this one.
    command.arg(SCRIPT).current_dir(root).env("CARGO", cargo(root).get_program()).stderr(Stdio::piped());
    match command.stdout(Stdio::inherit()).output() {
        Ok(output) => judge(&output),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Outcome::Skipped("there is no python3".to_owned())
        }
        Err(error) => Outcome::Failed(format!("python3 does not start: {error}")),
    }
}

fn judge(output: &Output) -> Outcome {
    let said = String::from_utf8_lossy(&output.stderr);
    eprint!("{said}");
    let last = said.lines().last().unwrap_or_default().to_owned();
    match output.status.code() {
        Some(0) => Outcome::Passed,
        Some(SKIPPED) => Outcome::Skipped(last.strip_prefix("skipped: ").unwrap_or(&last).to_owned()),
        _ => Outcome::Failed(format!("{SCRIPT} ended with {}: {last}", output.status)),
    }
}

fn succeed(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    let failed =
        || io::Error::other(format!("{} ended with {status}", command.get_program().to_string_lossy()));
    if status.success() { Ok(()) } else { Err(failed()) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

    fn outcome(said: &str, code: i32) -> Outcome {
        let status = ExitStatus::from_raw(code << 8);
        judge(&Output { status, stdout: Vec::new(), stderr: said.into() })
    }

    #[test]
    fn a_script_that_lacks_something_is_skipped_and_no_other() {
        assert!(matches!(outcome("", 0), Outcome::Passed));
        let skipped = outcome("skipped: the Python package `cryptography` is not installed\n", 77);
        assert!(
            matches!(skipped, Outcome::Skipped(why) if why == "the Python package `cryptography` is not installed")
        );
        for code in [1, 2, 76, 78] {
            let failed = outcome("disagreement on\n  seal\n", code);
            assert!(matches!(failed, Outcome::Failed(why) if why.ends_with("seal")), "{code}");
        }
    }
}
