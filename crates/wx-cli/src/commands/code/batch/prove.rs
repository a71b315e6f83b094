use std::{fmt, str::FromStr};
use wx_render::{InvalidProof, Proof};

/// Which of the pictures that are drawn are read back by two decoders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prove {
    None,
    Some(Proof),
}

impl Prove {
    /// Whether the picture with that number, from 0, is one of them.
    pub(super) fn includes(self, number: u64) -> bool {
        matches!(self, Self::Some(proof) if proof.includes(number))
    }
}

/// `all`, `none`, or a share like `1%`.
impl FromStr for Prove {
    type Err = InvalidProof;

    fn from_str(text: &str) -> Result<Self, InvalidProof> {
        if text == "none" { Ok(Self::None) } else { text.parse().map(Self::Some) }
    }
}

impl fmt::Display for Prove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Some(proof) => proof.fmt(f),
        }
    }
}
