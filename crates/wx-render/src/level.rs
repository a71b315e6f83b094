/// How much of a symbol may be damaged or covered before it cannot be read any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(clippy::exhaustive_enums, reason = "the standard has these four")]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %; the default.
    #[default]
    M,
    /// About 25 %.
    Q,
    /// About 30 %; for a symbol with a logo on it.
    H,
}

impl Level {
    /// From the weakest to the strongest.
    pub const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    /// The longest text in bytes. Digits alone (2.4 times as many) or capital letters (1.4 times) take less room.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::L => 2953,
            Self::M => 2331,
            Self::Q => 1663,
            Self::H => 1273,
        }
    }
}
