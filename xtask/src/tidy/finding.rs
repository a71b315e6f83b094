use std::fmt;

/// A place that breaks a rule, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// From the root of the repository.
    file: String,
    line: usize,
    advice: String,
}

impl Finding {
    pub(super) fn new(file: impl Into<String>, line: usize, advice: impl Into<String>) -> Self {
        Self { file: file.into(), line, advice: advice.into() }
    }

    /// At the first line of `text` that holds `needle`, or at the top.
    pub(super) fn at(file: &str, text: &str, needle: &str, advice: impl Into<String>) -> Self {
        let line = text.lines().position(|line| line.contains(needle)).map_or(1, |at| at + 1);
        Self::new(file, line, advice)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.advice)
    }
}
