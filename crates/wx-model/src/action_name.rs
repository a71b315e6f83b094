use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The kind of a code, as `action_name` says it (protocol §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the platform has had these four since 2017; a fifth is a breaking change"
)]
pub enum ActionName {
    /// Temporary, number.
    #[serde(rename = "QR_SCENE")]
    QrScene,
    /// Temporary, text.
    #[serde(rename = "QR_STR_SCENE")]
    QrStrScene,
    /// Permanent, number.
    #[serde(rename = "QR_LIMIT_SCENE")]
    QrLimitScene,
    /// Permanent, text.
    #[serde(rename = "QR_LIMIT_STR_SCENE")]
    QrLimitStrScene,
}

impl ActionName {
    const ALL: [Self; 4] = [Self::QrScene, Self::QrStrScene, Self::QrLimitScene, Self::QrLimitStrScene];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::QrScene => "QR_SCENE",
            Self::QrStrScene => "QR_STR_SCENE",
            Self::QrLimitScene => "QR_LIMIT_SCENE",
            Self::QrLimitStrScene => "QR_LIMIT_STR_SCENE",
        }
    }

    /// Whether codes of this kind never expire; an account has 100000 of them, for ever.
    pub fn is_permanent(self) -> bool {
        matches!(self, Self::QrLimitScene | Self::QrLimitStrScene)
    }
}

impl fmt::Display for ActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads the name on the wire.
impl FromStr for ActionName {
    type Err = InvalidActionName;

    fn from_str(name: &str) -> Result<Self, InvalidActionName> {
        Self::ALL.into_iter().find(|action| action.as_str() == name).ok_or(InvalidActionName(()))
    }
}

/// A text that names no [`ActionName`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidActionName(());

impl fmt::Display for InvalidActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an action name is QR_SCENE, QR_STR_SCENE, QR_LIMIT_SCENE or QR_LIMIT_STR_SCENE")
    }
}

impl std::error::Error for InvalidActionName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_by_the_name_that_it_has_on_the_wire() {
        for action in ActionName::ALL {
            assert_eq!(action.to_string().parse(), Ok(action));
            assert_eq!(serde_json::to_string(&action).unwrap(), format!("\"{action}\""));
            assert!(InvalidActionName(()).to_string().contains(action.as_str()));
        }
        assert_eq!("qr_scene".parse::<ActionName>(), Err(InvalidActionName(())));
    }
}
