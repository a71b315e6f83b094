use crate::fields::trim_blanks;
use std::{fmt, num::NonZeroU32};

/// The scene (场景值) of a temporary code: a number or a text, chosen by the owner, that every push about the code carries.
///
/// ```
/// use wx_model::Scene;
///
/// assert!(Scene::id(4_294_967_295).is_ok());
/// assert!(Scene::str("shop-042").is_ok());
/// assert_eq!(Scene::id(0).unwrap_err().to_string(), "a temporary scene id is 1..=4294967295, not 0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the platform knows these two kinds of scene")]
pub enum Scene {
    /// `scene_id`: a number, 1..=4294967295.
    Id(SceneId),
    /// `scene_str`: a text of 1..=64 bytes.
    Str(SceneStr),
}

impl Scene {
    /// A numeric scene for a temporary code, 1..=4294967295.
    pub fn id(id: u64) -> Result<Self, InvalidScene> {
        SceneId::new(id).map(Self::Id)
    }

    /// A text scene, 1..=64 bytes, for a temporary code.
    pub fn str(text: impl Into<String>) -> Result<Self, InvalidScene> {
        SceneStr::new(text).map(Self::Str)
    }
}

/// The scene of a permanent code: a number up to 100000 or a text.
///
/// ```
/// use wx_model::PermanentScene;
///
/// assert!(PermanentScene::id(100_000).is_ok());
/// assert!(PermanentScene::id(100_001).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the platform knows these two kinds of scene")]
pub enum PermanentScene {
    /// `scene_id`: a number, 1..=100000.
    Id(PermanentSceneId),
    /// `scene_str`: a text of 1..=64 bytes.
    Str(SceneStr),
}

impl PermanentScene {
    /// A numeric scene for a permanent code, 1..=100000.
    pub fn id(id: u64) -> Result<Self, InvalidScene> {
        PermanentSceneId::new(id).map(Self::Id)
    }

    /// A text scene, 1..=64 bytes, for a permanent code.
    pub fn str(text: impl Into<String>) -> Result<Self, InvalidScene> {
        SceneStr::new(text).map(Self::Str)
    }
}

/// A number that may stand in a temporary code: 1..=4294967295 (protocol §2.1: 32 bits, unsigned, not 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SceneId(NonZeroU32);

impl SceneId {
    /// Checks the range.
    pub fn new(id: u64) -> Result<Self, InvalidScene> {
        let id32 = u32::try_from(id).ok().and_then(NonZeroU32::new);
        id32.map(Self).ok_or(InvalidScene::TemporaryId { id })
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// A number that may stand in a permanent code: 1..=100000 (protocol §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermanentSceneId(NonZeroU32);

impl PermanentSceneId {
    /// The largest permanent scene id.
    pub const MAX: u32 = 100_000;

    /// Checks the range.
    pub fn new(id: u64) -> Result<Self, InvalidScene> {
        let id32 = u32::try_from(id).ok().filter(|id| *id <= Self::MAX).and_then(NonZeroU32::new);
        id32.map(Self).ok_or(InvalidScene::PermanentId { id })
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// A text that may stand in a code: 1..=64 bytes, no control characters, neither U+FFFE nor U+FFFF, no space at
/// either end.
///
/// The platform documents "length 1 to 64" without a unit; bytes are the safe reading. What is refused does not
/// survive the way through XML and `EventKey` (protocol §2.6, §7.1), so it is refused here rather than lost later;
/// every other text comes back exactly, other blanks such as U+3000 included. A text of digits stays a text; prefer a letter in front, because the pushes of
/// `"2026"` and of the number 2026 look alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SceneStr(String);

impl SceneStr {
    /// The longest scene text, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 64;

    /// Checks length and characters.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidScene> {
        let text = text.into();
        if text.is_empty() || text.len() > Self::MAX_BYTES {
            return Err(InvalidScene::StrLength { bytes: text.len() });
        }
        if let Some(character) = text.chars().find(|c| c.is_control()) {
            return Err(InvalidScene::StrControl { character });
        }
        if let Some(character) = text.chars().find(|c| matches!(c, '\u{fffe}' | '\u{ffff}')) {
            return Err(InvalidScene::StrNotXml { character });
        }
        if trim_blanks(&text).len() != text.len() {
            return Err(InvalidScene::StrBlank);
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a value cannot be the scene of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidScene {
    /// A temporary scene id is 0 or needs more than 32 bits.
    TemporaryId {
        /// The number that was given.
        id: u64,
    },
    /// A permanent scene id is outside 1..=100000.
    PermanentId {
        /// The number that was given.
        id: u64,
    },
    /// A scene text is empty or longer than 64 bytes.
    StrLength {
        /// Its length in bytes of UTF-8.
        bytes: usize,
    },
    /// A scene text holds a control character.
    StrControl {
        /// The first one.
        character: char,
    },
    /// A scene text holds U+FFFE or U+FFFF, which XML cannot carry.
    StrNotXml {
        /// The first one.
        character: char,
    },
    /// A scene text begins or ends with a space.
    StrBlank,
}

impl fmt::Display for InvalidScene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TemporaryId { id } => write!(f, "a temporary scene id is 1..=4294967295, not {id}"),
            Self::PermanentId { id } => {
                write!(f, "a permanent scene id is 1..=100000, not {id}; use a scene text for more")
            }
            Self::StrLength { bytes: 0 } => {
                f.write_str("a scene text is 1..=64 bytes long, this one is empty")
            }
            Self::StrLength { bytes } => write!(f, "a scene text is 1..=64 bytes long, this one has {bytes}"),
            Self::StrControl { character } => {
                write!(
                    f,
                    "a scene text holds no control characters, this one has {}",
                    character.escape_unicode()
                )
            }
            Self::StrNotXml { character } => {
                write!(
                    f,
                    "a scene text holds no {}, because pushes are XML, which cannot carry it; remove it",
                    character.escape_unicode()
                )
            }
            Self::StrBlank => f.write_str(
                "a scene text has no space at either end, because pushes lose it; remove the space",
            ),
        }
    }
}

impl std::error::Error for InvalidScene {}

impl fmt::Display for SceneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for PermanentSceneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for SceneStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number or the text.
impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Str(text) => text.fmt(f),
        }
    }
}

/// The number or the text.
impl fmt::Display for PermanentScene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Str(text) => text.fmt(f),
        }
    }
}

impl From<SceneId> for Scene {
    fn from(id: SceneId) -> Self {
        Self::Id(id)
    }
}

impl From<SceneStr> for Scene {
    fn from(text: SceneStr) -> Self {
        Self::Str(text)
    }
}

impl From<PermanentSceneId> for PermanentScene {
    fn from(id: PermanentSceneId) -> Self {
        Self::Id(id)
    }
}

impl From<SceneStr> for PermanentScene {
    fn from(text: SceneStr) -> Self {
        Self::Str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_at_their_ends() {
        for id in [1, 100_000, 4_294_967_295] {
            assert!(SceneId::new(id).is_ok(), "{id}");
        }
        for id in [0, 4_294_967_296, u64::MAX] {
            assert_eq!(SceneId::new(id), Err(InvalidScene::TemporaryId { id }));
        }
        assert!(PermanentSceneId::new(1).is_ok() && PermanentSceneId::new(100_000).is_ok());
        for id in [0, 100_001, 4_294_967_297] {
            assert_eq!(PermanentSceneId::new(id), Err(InvalidScene::PermanentId { id }));
        }
    }

    #[test]
    fn texts_are_1_to_64_bytes_without_control_characters() {
        assert!(SceneStr::new("x").is_ok() && SceneStr::new("x".repeat(64)).is_ok());
        assert_eq!(SceneStr::new(""), Err(InvalidScene::StrLength { bytes: 0 }));
        assert_eq!(SceneStr::new("x".repeat(65)), Err(InvalidScene::StrLength { bytes: 65 }));
        assert_eq!(SceneStr::new("店".repeat(22)), Err(InvalidScene::StrLength { bytes: 66 }));
        assert_eq!(SceneStr::new("a\nb"), Err(InvalidScene::StrControl { character: '\n' }));
        assert_eq!(SceneStr::new(" a"), Err(InvalidScene::StrBlank));
        assert_eq!(SceneStr::new("a "), Err(InvalidScene::StrBlank));
        assert!(SceneStr::new("\u{3000}全角\u{a0}").is_ok());
        for character in ['\u{fffe}', '\u{ffff}'] {
            let error = SceneStr::new(format!("a{character}")).unwrap_err();
            assert_eq!(error, InvalidScene::StrNotXml { character });
            assert!(error.to_string().contains(&character.escape_unicode().to_string()), "{error}");
        }
        assert!(SceneStr::new("\u{fffd}\u{fdd0}\u{1fffe}\u{10ffff}").is_ok());
        assert!(SceneStr::new("store:SH-0117/desk 3").is_ok());
    }
}
