use crate::failure::Failure;
use std::{fmt, sync::Arc};

/// A source of random bytes that fills the whole slice.
pub type RandomSource = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Where the random bytes of encrypted replies come from.
#[derive(Clone)]
pub(crate) enum Random {
    System,
    Given(RandomSource),
}

impl Random {
    pub(crate) fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure> {
        match self {
            Self::System => getrandom::fill(bytes).map_err(Failure::Random),
            Self::Given(source) => {
                source(bytes);
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Given(_) => "Given",
        })
    }
}
