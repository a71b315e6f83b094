use super::Places;
use crate::{AccountId, BookedOrder, Code, CodeOrder, OrderStage};

/// Under which conditions a code may be asked for.
///
/// ```
/// use wx_channel::ClaimRules;
///
/// let careful = ClaimRules::new();
/// assert_eq!((careful.stop_mark, careful.repeat_unknown), (95_000, false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimRules {
    /// When so many places are taken, no permanent code is asked for any more. The account has 100000 (protocol §2.6).
    pub stop_mark: u64,
    /// Whether permanent codes are asked for again whose answer was lost; each may take a second place for ever, so this is
    /// for a person to decide.
    pub repeat_unknown: bool,
}

impl ClaimRules {
    /// Stops at 95000 places and repeats nothing.
    pub fn new() -> Self {
        Self { stop_mark: Places::DEFAULT_STOP_MARK, repeat_unknown: false }
    }

    /// Sets the stop mark.
    pub fn stop_mark(mut self, places: u64) -> Self {
        self.stop_mark = places;
        self
    }

    /// Decides to repeat what is unknown.
    pub fn repeat_unknown(mut self, decided: bool) -> Self {
        self.repeat_unknown = decided;
        self
    }

    /// The rule for one order: by its code (a permanent order of any time, a temporary one of its batch), by what is booked
    /// for it, and by how many places are `taken`. A store keeps it by deciding and writing in one transaction.
    ///
    /// A temporary code takes no place, so it is asked for again after a lost answer.
    pub fn decide(
        &self,
        order: &CodeOrder,
        code: Option<Code>,
        booked: Option<BookedOrder>,
        taken: impl FnOnce() -> u64,
    ) -> Claim {
        if let Some(code) = code {
            return Claim::Known(code);
        }
        if !order.action_name.is_permanent() {
            return Claim::Granted;
        }
        let was_asked = booked.filter(|booked| booked.stage != OrderStage::Planned);
        match was_asked {
            Some(booked) if !self.repeat_unknown => Claim::Unknown(booked),
            // It has its place already.
            Some(_) => Claim::Granted,
            None => match taken() {
                taken if taken >= self.stop_mark => Claim::Full { taken },
                _ => Claim::Granted,
            },
        }
    }
}

impl Default for ClaimRules {
    fn default() -> Self {
        Self::new()
    }
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "whoever claims has to know what to do in each case")]
pub enum Claim {
    /// Ask the platform now, once, and settle what came of it.
    Granted,
    /// It exists: there is nothing to ask.
    Known(Code),
    /// It was asked for and the answer is not known, or somebody else asks right now: do not ask.
    Unknown(BookedOrder),
    /// The stop mark is reached: do not ask.
    Full {
        /// How many places are taken.
        taken: u64,
    },
}

/// What came of a claim that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every store has to write down each of them")]
pub enum Settlement {
    /// It was created: the order ends, and the code stands in the ledger.
    Created(Code),
    /// It surely was not: the order is planned again.
    NotDone {
        /// What was wanted.
        order: CodeOrder,
        /// What went wrong, in a sentence without secrets.
        reason: Option<String>,
    },
    /// The answer was lost.
    Unknown {
        /// What was wanted.
        order: CodeOrder,
        /// How it was lost, in a sentence without secrets.
        reason: String,
    },
    /// The owner wants it no more: what is only planned is forgotten, what was asked for keeps its place.
    GivenUp(CodeOrder),
}

impl Settlement {
    /// Whose ledger it is for.
    pub fn account(&self) -> &AccountId {
        match self {
            Self::Created(code) => &code.account,
            Self::NotDone { order, .. } | Self::Unknown { order, .. } | Self::GivenUp(order) => {
                &order.account
            }
        }
    }
}
