use wx_channel::Code;
use wx_sim::Act;

/// What a person does in a story. Codes are named by their place in the story's list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a story is told with exactly these")]
pub enum Deed {
    /// Scans a code.
    Scan(&'static str, usize),
    /// Follows without a code.
    Follow(&'static str),
    /// Follows no more.
    Unfollow(&'static str),
    /// Writes a message.
    Say(&'static str, &'static str),
    /// Nobody does anything for so many seconds.
    Pause(i64),
}

impl Deed {
    /// The same for the simulator; `None` while nobody does anything.
    pub fn act(&self, codes: &[Code]) -> Option<Act> {
        match *self {
            Self::Scan(person, code) => Some(Act::scan(person, codes[code].ticket.as_str())),
            Self::Follow(person) => Some(Act::follow(person)),
            Self::Unfollow(person) => Some(Act::unfollow(person)),
            Self::Say(person, text) => Some(Act::say(person, text)),
            Self::Pause(_) => None,
        }
    }
}
