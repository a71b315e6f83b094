use serde::Serialize;

/// The places of an account that permanent codes take (protocol §2.6): each for ever, also when the code is retired. What
/// was created elsewhere is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Places {
    /// Permanent codes in the ledger.
    pub created: u64,
    /// Permanent codes that were asked for without a known answer; each is counted as if it existed.
    pub unknown: u64,
}

impl Places {
    /// What an account has: 100000, numbers and texts together.
    pub const ALL: u64 = 100_000;
    /// Where creation stops unless told otherwise: some places stay for what was created elsewhere.
    pub const DEFAULT_STOP_MARK: u64 = 95_000;

    /// The count of a store.
    pub fn new(created: u64, unknown: u64) -> Self {
        Self { created, unknown }
    }

    /// How many must be taken for taken.
    pub fn taken(self) -> u64 {
        self.created.saturating_add(self.unknown)
    }

    /// How many codes may still be created before the stop mark.
    pub fn left(self, stop_mark: u64) -> u64 {
        stop_mark.saturating_sub(self.taken())
    }
}
