use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt, str::FromStr};

/// The name of a channel (渠道): 1..=64 characters without control characters, kept exactly as written.
///
/// Names are compared character by character; `Shop` and `shop` are two channels.
///
/// ```
/// use wx_channel::ChannelName;
///
/// assert_eq!("门店 042".parse::<ChannelName>()?.as_str(), "门店 042");
/// assert!(ChannelName::new("").is_err());
/// # Ok::<(), wx_channel::InvalidChannelName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChannelName(String);

impl ChannelName {
    /// The longest name, in characters.
    pub const MAX_CHARS: usize = 64;

    /// Checks length and characters.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidChannelName> {
        let text = text.into();
        let chars = text.chars().count();
        if chars == 0 || chars > Self::MAX_CHARS {
            return Err(InvalidChannelName::Length { chars });
        }
        match text.chars().find(|c| c.is_control()) {
            Some(character) => Err(InvalidChannelName::Control { character }),
            None => Ok(Self(text)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for ChannelName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// So that a map by name can be asked with a text.
impl Borrow<str> for ChannelName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ChannelName {
    type Err = InvalidChannelName;

    fn from_str(text: &str) -> Result<Self, InvalidChannelName> {
        Self::new(text)
    }
}

impl TryFrom<String> for ChannelName {
    type Error = InvalidChannelName;

    fn try_from(text: String) -> Result<Self, InvalidChannelName> {
        Self::new(text)
    }
}

impl From<ChannelName> for String {
    fn from(name: ChannelName) -> Self {
        name.0
    }
}

/// Why a text cannot be the name of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidChannelName {
    /// Empty or longer than 64 characters.
    Length {
        /// Its length in characters.
        chars: usize,
    },
    /// Holds a control character.
    Control {
        /// The first one.
        character: char,
    },
}

impl fmt::Display for InvalidChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { chars: 0 } => {
                f.write_str("a channel name is 1..=64 characters long, this one is empty")
            }
            Self::Length { chars } => {
                write!(f, "a channel name is 1..=64 characters long, this one has {chars}")
            }
            Self::Control { character } => {
                let character = character.escape_unicode();
                write!(f, "a channel name holds no control characters, this one has {character}")
            }
        }
    }
}

impl std::error::Error for InvalidChannelName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_1_to_64_characters_and_no_control_character() {
        assert!(ChannelName::new("店".repeat(64)).is_ok());
        assert_eq!(ChannelName::new("店".repeat(65)), Err(InvalidChannelName::Length { chars: 65 }));
        assert_eq!(ChannelName::new(""), Err(InvalidChannelName::Length { chars: 0 }));
        assert_eq!(ChannelName::new("a\u{7}"), Err(InvalidChannelName::Control { character: '\u{7}' }));
        assert!(ChannelName::new("'; DROP TABLE channel; --").is_ok());
    }
}
