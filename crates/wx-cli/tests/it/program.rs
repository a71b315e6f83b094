//! Starts `wx` with nothing of the tester's environment or folder.

use assert_cmd::{Command, cargo::cargo_bin};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Stdio},
};

/// What a finished `wx` left.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// stdout as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A failure in one sentence, without panic or backtrace.
    pub(crate) fn assert_sentence(&self, code: i32, part: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.stderr.contains(part), "{self:?}");
        assert!(self.stdout.is_empty(), "{self:?}");
        for noise in ["panicked", "RUST_BACKTRACE", "stack backtrace", "Error {"] {
            assert!(!self.stderr.contains(noise), "{self:?}");
        }
    }
}

/// Runs `wx` in a folder of its own.
pub(crate) fn wx(args: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    wx_in(folder.path(), args, &[])
}

/// Runs `wx` in that folder with that environment.
pub(crate) fn wx_in(folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Run {
    let mut command = Command::new(cargo_bin!("wx"));
    command.env_clear().envs(env.iter().copied()).current_dir(folder).args(args);
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A `wx` that stays: killed when it is dropped.
pub(crate) struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Running {
    pub(crate) fn start(folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::with_stderr(folder, args, env, Stdio::inherit())
    }

    /// Its stderr is a full disk.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_deaf(folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        Self::with_stderr(folder, args, env, full.into())
    }

    /// Its stderr is a new file.
    pub(crate) fn start_with_log(folder: &Path, args: &[&str], env: &[(&str, &str)], log: &Path) -> Self {
        Self::with_stderr(folder, args, env, std::fs::File::create(log).unwrap().into())
    }

    fn with_stderr(folder: &Path, args: &[&str], env: &[(&str, &str)], stderr: Stdio) -> Self {
        let mut command = std::process::Command::new(cargo_bin!("wx"));
        command.env_clear().envs(env.iter().copied()).current_dir(folder).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdout }
    }

    /// The next line of stdout.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    /// The next line of stdout as JSON.
    pub(crate) fn json(&mut self) -> serde_json::Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// `kill -9`
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
