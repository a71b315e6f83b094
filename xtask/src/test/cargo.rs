use super::{Outcome, counts::Counts};
use crate::cargo;
use std::{
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// Runs cargo as one check.
pub(super) fn check(root: &Path, args: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let line = format!("cargo {}", args.join(" "));
    println!("\n$ {line}");
    match cargo(root).args(args).envs(variables.iter().copied()).status() {
        Ok(status) if status.success() => Outcome::Passed,
        Ok(status) => Outcome::Failed(format!("`{line}` ended with {status}")),
        Err(error) => Outcome::Failed(format!("`{line}` did not start: {error}")),
    }
}

/// Runs all tests and counts them. Every snapshot that is looked at is noted in `references`.
pub(super) fn test(root: &Path, features: &[&str], references: &Path) -> Outcome {
    let mut args = vec!["test", "--workspace", "--no-fail-fast"];
    args.extend(features.iter().flat_map(|feature| ["--features", feature]));
    println!("\n$ cargo {}", args.join(" "));
    let mut command = cargo(root);
    command.args(args).env("INSTA_UPDATE", "no").env("INSTA_SNAPSHOT_REFERENCES_FILE", references);
    command.env_remove("INSTA_FORCE_PASS").env("RUST_BACKTRACE", "0");
    let mut tests = Tests::default();
    let ended = run(&mut command, &mut tests);
    tests.outcome(ended)
}

/// Passes what the tests print on as it comes.
fn run(command: &mut Command, tests: &mut Tests) -> io::Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().expect("the output was asked for as a pipe");
    let mut stdout = BufReader::new(stdout);
    let mut line = Vec::new();
    while stdout.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        tests.read(text.trim_end());
        line.clear();
    }
    Ok(child.wait()?.success())
}

#[derive(Debug, Default)]
struct Tests {
    counts: Counts,
    failures: Vec<String>,
}

impl Tests {
    fn read(&mut self, line: &str) {
        if let Some(counts) = Counts::from_line(line) {
            self.counts += counts;
        } else if let Some((name, end)) =
            line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... "))
            && end.contains("FAILED")
        {
            self.failures.push(name.to_owned());
        }
    }

    /// A binary that does not build or dies has no counts of its own, yet the run has failed.
    fn outcome(mut self, ended: io::Result<bool>) -> Outcome {
        let trouble = match ended {
            Ok(true) => None,
            Ok(false) if self.counts.failed > 0 => None,
            Ok(false) => Some("cargo test ended with an error; see above".to_owned()),
            Err(error) => Some(format!("cargo test did not run: {error}")),
        };
        self.counts.failed += usize::from(trouble.is_some());
        self.failures.extend(trouble);
        Outcome::Tests { counts: self.counts, failures: self.failures }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str], ended: bool) -> (Counts, Vec<String>) {
        let mut tests = Tests::default();
        for line in lines {
            tests.read(line);
        }
        match tests.outcome(Ok(ended)) {
            Outcome::Tests { counts, failures } => (counts, failures),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn sums_over_binaries_and_keeps_names() {
        let lines = [
            "test a::one ... ok",
            "test a::two ... FAILED",
            "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test src/lib.rs - Thing (line 8) ... ok",
            "test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ];
        let (counts, failures) = read(&lines, false);
        assert_eq!(counts, Counts { passed: 2, failed: 1, skipped: 2 });
        assert_eq!(failures, ["a::two"]);
    }

    #[test]
    fn a_run_that_ends_badly_without_a_failed_test_has_failed() {
        let (counts, failures) = read(&[], false);
        assert_eq!(counts, Counts { passed: 0, failed: 1, skipped: 0 });
        assert_eq!(failures, ["cargo test ended with an error; see above"]);
    }
}
