use std::{fmt, ops::AddAssign};

/// How many tests passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
}

impl Counts {
    /// Reads the line with which a test binary ends:
    /// `test result: ok. 6 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`.
    pub(super) fn from_line(line: &str) -> Option<Self> {
        let result = line.strip_prefix("test result: ")?;
        let number = |word: &str| {
            let count = result.split([';', '.']).find_map(|piece| piece.trim().strip_suffix(word))?;
            count.trim_end().parse().ok()
        };
        Some(Self { passed: number("passed")?, failed: number("failed")?, skipped: number("ignored")? })
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The last line of the report.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(line: &str) -> Option<(usize, usize, usize)> {
        Counts::from_line(line).map(|Counts { passed, failed, skipped }| (passed, failed, skipped))
    }

    #[test]
    fn reads_results() {
        let ok =
            "test result: ok. 6 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(counts(ok), Some((6, 0, 1)));
        let failed = "test result: FAILED. 21 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1.73s";
        assert_eq!(counts(failed), Some((21, 2, 0)));
        let colours =
            "test result: \u{1b}[32mok\u{1b}[0m. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(counts(colours), Some((1, 0, 0)));
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "test it::works ... ok",
            "running 6 tests",
            "  test result: ok. 6 passed; 0 failed; 1 ignored",
            "test result: ok.",
            "test result: ok. many passed; 0 failed; 0 ignored",
        ] {
            assert_eq!(counts(line), None, "{line}");
        }
    }

    #[test]
    fn adds_up() {
        let mut all = Counts::default();
        all += Counts { passed: 2, failed: 1, skipped: 0 };
        all += Counts { passed: 3, failed: 0, skipped: 4 };
        assert_eq!(all.to_string(), "5 passed, 1 failed, 4 skipped");
    }
}
