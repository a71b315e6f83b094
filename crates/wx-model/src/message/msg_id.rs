use crate::leaves::Leaves;
use std::fmt;

/// The number of a message (消息 id, `MsgId`, protocol §7.4): a 64-bit integer of 17 to 19 digits, too large for a
/// double. It was seen to repeat between people, so [`Push::dedupe_key`](crate::Push::dedupe_key) adds who and when.
///
/// Events have none; `MsgID` in events that end a job is the number of the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MsgId(u64);

impl MsgId {
    /// The id of that number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }

    pub(crate) fn read(fields: &impl Leaves) -> Option<Self> {
        Self::word(fields)?.parse().ok().map(Self)
    }

    /// The text, be it a number or not. One page of the platform spells the id of a voice message `MsgID`.
    pub(crate) fn word(fields: &impl Leaves) -> Option<&str> {
        fields.word_of(&["MsgId", "MsgID"])
    }
}

impl fmt::Display for MsgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
