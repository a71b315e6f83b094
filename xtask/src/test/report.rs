use super::counts::Counts;
use std::fmt;

/// What came of all suites; prints as the last lines of the run.
#[derive(Debug, Default)]
pub(super) struct Report {
    suites: Vec<(&'static str, Outcome)>,
}

/// What came of one suite.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A check, which counts as one test.
    Passed,
    /// A check, and what is wrong.
    Failed(String),
    /// Not run, and why; counts as one.
    Skipped(String),
    /// Tests, with what is to be said about those that failed.
    Tests { counts: Counts, failures: Vec<String> },
}

impl Outcome {
    /// The outcome of a check; a failure is also shown at once.
    pub(super) fn of(result: anyhow::Result<()>) -> Self {
        match result {
            Ok(()) => Self::Passed,
            Err(error) => {
                eprintln!("error: {error:#}");
                let first = format!("{error:#}");
                Self::Failed(first.lines().next().unwrap_or_default().to_owned())
            }
        }
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Passed => Counts { passed: 1, ..Counts::default() },
            Self::Failed(_) => Counts { failed: 1, ..Counts::default() },
            Self::Skipped(_) => Counts { skipped: 1, ..Counts::default() },
            Self::Tests { counts, .. } => *counts,
        }
    }
}

impl Report {
    pub(super) fn add(&mut self, suite: &'static str, outcome: Outcome) {
        self.suites.push((suite, outcome));
    }

    pub(super) fn failed(&self) -> bool {
        self.counts().failed > 0
    }

    fn counts(&self) -> Counts {
        let mut all = Counts::default();
        self.suites.iter().for_each(|(_, outcome)| all += outcome.counts());
        all
    }
}

/// One line per suite, failed tests by name, the counts as the very last line.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        for (suite, outcome) in &self.suites {
            match outcome {
                Outcome::Passed => writeln!(f, "{suite:<10} passed")?,
                Outcome::Failed(why) => writeln!(f, "{suite:<10} FAILED: {why}")?,
                Outcome::Skipped(why) => writeln!(f, "{suite:<10} skipped: {why}")?,
                Outcome::Tests { counts, failures } => {
                    writeln!(f, "{suite:<10} {counts}")?;
                    failures.iter().try_for_each(|failure| writeln!(f, "{:<10} FAILED: {failure}", ""))?;
                }
            }
        }
        writeln!(f, "{}", self.counts())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_failed_and_ends_with_the_counts() {
        let mut report = Report::default();
        report.add("tidy", Outcome::Passed);
        assert!(!report.failed());
        report.add("fmt", Outcome::Failed("run `cargo fmt --all`".to_owned()));
        report.add("browser", Outcome::Skipped("no chromium".to_owned()));
        let counts = Counts { passed: 40, failed: 1, skipped: 2 };
        report.add("tests", Outcome::Tests { counts, failures: vec!["it::one".to_owned()] });
        assert!(report.failed());
        let lines = [
            "",
            "tidy       passed",
            "fmt        FAILED: run `cargo fmt --all`",
            "browser    skipped: no chromium",
            "tests      40 passed, 1 failed, 2 skipped",
            "           FAILED: it::one",
            "41 passed, 2 failed, 3 skipped",
        ];
        assert_eq!(report.to_string().lines().collect::<Vec<_>>(), lines);
    }
}
