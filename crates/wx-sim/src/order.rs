use std::{fmt, str::FromStr};

/// In which order held pushes are delivered; none is promised (protocol §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Order {
    /// As it happened.
    #[default]
    Happened,
    /// The last first.
    Reversed,
    /// At random, from the simulator's [`Random`](crate::Random).
    Shuffled,
}

impl Order {
    const ALL: [Self; 3] = [Self::Happened, Self::Reversed, Self::Shuffled];

    /// The word of the control routes: `happened`, `reversed` or `shuffled`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Reversed => "reversed",
            Self::Shuffled => "shuffled",
        }
    }

    /// Puts things in this order.
    pub(crate) fn arrange<T>(self, things: &mut [T], random: &crate::Random) {
        match self {
            Self::Happened => {}
            Self::Reversed => things.reverse(),
            Self::Shuffled => {
                for end in (1..things.len()).rev() {
                    let place = random.number() as usize % (end + 1);
                    things.swap(end, place);
                }
            }
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Order {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        Self::ALL.into_iter().find(|order| order.name() == text).ok_or(UnknownOrder)
    }
}

/// A word that is no [`Order`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the order of pushes is one of `happened`, `reversed` and `shuffled`")]
#[non_exhaustive]
pub struct UnknownOrder;
