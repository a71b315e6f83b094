use std::{fmt, str::FromStr};

/// How the XML of pushes is written. Readers must live with all of them (protocol §7): order, blanks, CDATA and unknown
/// elements are not promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PushShape {
    /// A line for each element, texts in CDATA, in the order of the platform's own examples.
    #[default]
    Usual,
    /// Everything on one line.
    SingleLine,
    /// Each line behind two blanks.
    Indented,
    /// The last element first.
    Reordered,
    /// Texts without CDATA, with entities.
    Undecorated,
    /// Unknown elements in front and behind.
    UnknownFields,
    /// `scan` in place of `SCAN`, as was once reported.
    LowerCaseEvents,
}

impl PushShape {
    const ALL: [Self; 7] = [
        Self::Usual,
        Self::SingleLine,
        Self::Indented,
        Self::Reordered,
        Self::Undecorated,
        Self::UnknownFields,
        Self::LowerCaseEvents,
    ];

    /// The word of the command line and the control routes: `usual`, `single-line`, `indented`, `reordered`,
    /// `undecorated`, `unknown-fields` or `lower-case-events`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::SingleLine => "single-line",
            Self::Indented => "indented",
            Self::Reordered => "reordered",
            Self::Undecorated => "undecorated",
            Self::UnknownFields => "unknown-fields",
            Self::LowerCaseEvents => "lower-case-events",
        }
    }
}

impl fmt::Display for PushShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PushShape {
    type Err = UnknownShape;

    fn from_str(text: &str) -> Result<Self, UnknownShape> {
        Self::ALL.into_iter().find(|shape| shape.name() == text).ok_or(UnknownShape)
    }
}

/// A word that is no [`PushShape`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the shape of pushes is one of `usual`, `single-line`, `indented`, `reordered`, `undecorated`, `unknown-fields` \
     and `lower-case-events`"
)]
#[non_exhaustive]
pub struct UnknownShape;
