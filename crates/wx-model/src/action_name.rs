use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::QrScene => "QR_SCENE",
            Self::QrStrScene => "QR_STR_SCENE",
            Self::QrLimitScene => "QR_LIMIT_SCENE",
            Self::QrLimitStrScene => "QR_LIMIT_STR_SCENE",
        }
    }

    /// The kind of that name, if it is one of the four.
    pub fn from_wire(name: &str) -> Option<Self> {
        [Self::QrScene, Self::QrStrScene, Self::QrLimitScene, Self::QrLimitStrScene]
            .into_iter()
            .find(|action| action.as_str() == name)
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
