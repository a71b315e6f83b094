use crate::fields::trim_blanks;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The event KEY (事件 KEY, `EventKey`) of a follow or a scan, read by the one rule for both (protocol §7.1).
///
/// Spaces, tabs and line ends around it are the sender's layout; every other blank, such as U+3000, belongs to it.
///
/// ```
/// use wx_model::SceneKey;
///
/// let follow = SceneKey::of_subscribe(Some("qrscene_shop-042"));
/// let scan = SceneKey::of_scan(Some("shop-042"));
/// assert_eq!(follow, scan);
/// assert_eq!(SceneKey::of_subscribe(Some("")), SceneKey::Organic);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SceneKey {
    /// No key, or an empty one: the person did not come through a code with parameters.
    Organic,
    /// The scene of a code.
    Scene(SceneValue),
    /// `last_trade_no_…`: a follow offered after a payment; the payment's transaction number.
    Payment(String),
    /// A key of another origin, kept as it is.
    Other(String),
}

impl SceneKey {
    /// Reads the `EventKey` of a `subscribe`: the prefix `qrscene_` is taken off once, at the start only.
    pub fn of_subscribe(event_key: Option<&str>) -> Self {
        let key = trim_blanks(event_key.unwrap_or_default());
        if key.is_empty() {
            Self::Organic
        } else if let Some(scene) = key.strip_prefix(SCENE_PREFIX).filter(|scene| !scene.is_empty()) {
            Self::Scene(SceneValue::from(scene))
        } else if let Some(number) = key.strip_prefix(PAYMENT_PREFIX) {
            Self::Payment(number.to_owned())
        } else {
            Self::Other(key.to_owned())
        }
    }

    /// Reads the `EventKey` of a `SCAN`, which is the scene without any prefix.
    pub fn of_scan(event_key: Option<&str>) -> Self {
        match trim_blanks(event_key.unwrap_or_default()) {
            "" => Self::Organic,
            scene => Self::Scene(SceneValue::from(scene)),
        }
    }

    /// The scene, if the key holds one.
    pub fn scene(&self) -> Option<&SceneValue> {
        match self {
            Self::Scene(scene) => Some(scene),
            _ => None,
        }
    }
}

const SCENE_PREFIX: &str = "qrscene_";
const PAYMENT_PREFIX: &str = "last_trade_no_";

/// The scene as a push carries it: always text, so that number 2026 and text `"2026"` look the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SceneValue(String);

impl SceneValue {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the code was made without a scene: such codes push `0` for ever (protocol §2.5).
    pub fn is_defective(&self) -> bool {
        self.0 == "0"
    }
}

impl fmt::Display for SceneValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for SceneValue {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for SceneValue {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_prefix_off_once_and_only_from_a_follow() {
        let scene = |text: &str| SceneKey::Scene(SceneValue::from(text));
        assert_eq!(SceneKey::of_subscribe(Some("qrscene_qrscene_x_qrscene_9")), scene("qrscene_x_qrscene_9"));
        assert_eq!(SceneKey::of_scan(Some("qrscene_x")), scene("qrscene_x"));
        assert_eq!(SceneKey::of_subscribe(Some("last_trade_no_42")), SceneKey::Payment("42".to_owned()));
        assert_eq!(SceneKey::of_subscribe(Some("menu_7")), SceneKey::Other("menu_7".to_owned()));
        assert_eq!(SceneKey::of_subscribe(Some("qrscene_")), SceneKey::Other("qrscene_".to_owned()));
        assert_eq!(SceneKey::of_subscribe(Some("\r\n\tqrscene_\u{3000}x\u{a0} ")), scene("\u{3000}x\u{a0}"));
        assert_eq!(SceneKey::of_scan(Some(" \u{3000}\n")), scene("\u{3000}"));
        for empty in [None, Some(""), Some(" \n")] {
            assert_eq!(SceneKey::of_subscribe(empty), SceneKey::Organic);
            assert_eq!(SceneKey::of_scan(empty), SceneKey::Organic);
        }
    }
}
