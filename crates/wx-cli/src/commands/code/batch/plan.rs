mod check;
mod range;
mod row;
mod sheet;
mod source;
mod table;

pub(super) use check::{Problems, check};
pub(super) use row::PlanRow;
pub(super) use source::PlanSource;

use crate::failure::{Failure, Outcome};
use wx_model::Lifetime;

/// More rows than this are refused: two accounts' worth of ten years would not use them up.
pub(super) const MOST_ROWS: usize = 1_000_000;

/// How long codes live whose row does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Permanent,
    Temporary(Lifetime),
}

impl Life {
    /// Reads `permanent` or a lifetime.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        match text.trim() {
            "permanent" | "永久" => Ok(Self::Permanent),
            other => other
                .parse()
                .map(Self::Temporary)
                .map_err(|error: wx_model::InvalidLifetime| format!("{error}; or write permanent")),
        }
    }
}

/// What is wrong with a plan, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: u64,
    pub(super) text: String,
}

impl Problem {
    pub(super) fn new(line: u64, text: impl Into<String>) -> Self {
        Self { line, text: text.into() }
    }
}

/// Rows, or what is wrong with them; after a problem with the file itself there are no more.
pub(super) type Rows = Box<dyn Iterator<Item = Result<PlanRow, Problem>> + Send>;

/// All problems in one sentence each, the first ones with their lines.
fn refused(name: &str, problems: &[Problem], more: u64) -> Failure {
    let lines = problems.iter().map(|problem| format!("\n  line {}: {}", problem.line, problem.text));
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    Failure::invalid(format!(
        "{name} cannot be used as it is; nothing was sent:{}{more}",
        lines.collect::<String>()
    ))
}

/// Reads the life that rows have by default.
pub(super) fn default_life(text: &str) -> Outcome<Life> {
    Life::read(text).map_err(Failure::invalid)
}
