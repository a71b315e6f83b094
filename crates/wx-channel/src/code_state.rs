use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How far a code of the ledger has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CodeState {
    /// It is wanted and surely not created yet.
    Planned,
    /// The platform was asked and its answer is not known. A permanent code may exist and take a place for ever, so it is
    /// not asked for again unless a person decides so (protocol §2.6).
    Unknown,
    /// It works.
    Created,
    /// It was temporary and its time is over.
    Expired,
    /// The owner uses it no more. A permanent one still works and keeps its place: nobody can delete a code.
    Retired,
}

impl CodeState {
    /// All states, in the order of a code's life.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Unknown, Self::Created, Self::Expired, Self::Retired];

    /// The word in tables, JSON and flags; it never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Unknown => "unknown",
            Self::Created => "created",
            Self::Expired => "expired",
            Self::Retired => "retired",
        }
    }
}

impl fmt::Display for CodeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for CodeState {
    type Err = InvalidCodeState;

    fn from_str(word: &str) -> Result<Self, InvalidCodeState> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(InvalidCodeState(()))
    }
}

/// A word that names no [`CodeState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCodeState(());

impl fmt::Display for InvalidCodeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a state of a code is planned, unknown, created, expired or retired")
    }
}

impl std::error::Error for InvalidCodeState {}
