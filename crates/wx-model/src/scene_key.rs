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
        } else if let Some(scene) =
            key.strip_prefix(SCENE_PREFIX).map(trim_blanks).filter(|scene| !scene.is_empty())
        {
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
    use crate::SceneStr;
    use proptest::{collection::vec, prelude::*, sample::select};

    /// Any text, with many of those that a careless reader mistakes for something else.
    fn text() -> impl Strategy<Value = String> {
        let pieces = vec![
            "qrscene_",
            "last_trade_no_",
            "0",
            " ",
            "\t",
            "\n",
            "\u{3000}",
            "\u{a0}",
            "_",
            "店",
            "QRSCENE_",
        ];
        let piece = prop_oneof![2 => select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,5}"];
        vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    fn follow(scene: &str) -> SceneKey {
        SceneKey::of_subscribe(Some(&format!("qrscene_{scene}")))
    }

    proptest! {
        /// Protocol §14, rule 7.
        #[test]
        fn a_scene_is_the_same_in_follow_and_scan(text in text()) {
            if let Ok(scene) = SceneStr::new(text) {
                let read = SceneKey::Scene(SceneValue::from(scene.as_str()));
                prop_assert_eq!(&follow(scene.as_str()), &read);
                prop_assert_eq!(&SceneKey::of_scan(Some(scene.as_str())), &read);
            }
        }

        /// Codes that others made may carry scenes that this crate would refuse; one rule reads them, too.
        #[test]
        fn any_text_is_the_same_in_follow_and_scan(text in text()) {
            match SceneKey::of_scan(Some(&text)) {
                SceneKey::Scene(scene) => {
                    prop_assert_eq!(scene.as_str(), trim_blanks(&text));
                    prop_assert_eq!(follow(&text), SceneKey::Scene(scene));
                }
                key => {
                    prop_assert_eq!(key, SceneKey::Organic);
                    prop_assert!(follow(&text).scene().is_none());
                }
            }
        }

        #[test]
        fn a_follow_s_key_is_one_of_four_and_keeps_its_text(text in text()) {
            let key = trim_blanks(&text);
            match SceneKey::of_subscribe(Some(&text)) {
                SceneKey::Organic => prop_assert_eq!(key, ""),
                SceneKey::Scene(scene) => {
                    let rest = key.strip_prefix("qrscene_").map(trim_blanks);
                    prop_assert_eq!(rest, Some(scene.as_str()));
                    prop_assert_ne!(scene.as_str(), "");
                }
                SceneKey::Payment(number) => prop_assert_eq!(key, format!("last_trade_no_{number}")),
                SceneKey::Other(other) => {
                    prop_assert_eq!(&other, key);
                    prop_assert!(!key.starts_with("last_trade_no_"));
                    prop_assert!(!key.starts_with("qrscene_") || key == "qrscene_");
                }
            }
        }
    }

    #[test]
    fn takes_the_prefix_off_once_and_only_from_a_follow() {
        let scene = |text: &str| SceneKey::Scene(SceneValue::from(text));
        assert_eq!(SceneKey::of_subscribe(Some("qrscene_qrscene_x_qrscene_9")), scene("qrscene_x_qrscene_9"));
        assert_eq!(SceneKey::of_scan(Some("qrscene_x")), scene("qrscene_x"));
        assert_eq!(SceneKey::of_scan(Some("last_trade_no_42")), scene("last_trade_no_42"));
        assert_eq!(SceneKey::of_subscribe(Some("qrscene_ \tx")), SceneKey::of_scan(Some(" \tx")));
        assert_eq!(SceneKey::of_subscribe(Some("QRSCENE_7")), SceneKey::Other("QRSCENE_7".to_owned()));
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
