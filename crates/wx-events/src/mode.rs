use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The message mode (消息加解密方式) that is chosen in the console for the callback (protocol §6.1).
///
/// ```
/// use wx_events::Mode;
///
/// assert_eq!("safe".parse(), Ok(Mode::Safe));
/// assert_eq!(Mode::Compatible.to_string(), "compatible");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "the platform knows these three modes")]
pub enum Mode {
    /// 明文模式: clear bodies, clear replies.
    Plain,
    /// 兼容模式: bodies that are clear and encrypted at once, for the time of a change-over.
    Compatible,
    /// 安全模式: encrypted bodies, encrypted replies.
    Safe,
}

impl Mode {
    /// The name in configurations: `plain`, `compatible`, `safe`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Compatible => "compatible",
            Self::Safe => "safe",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Mode {
    type Err = InvalidMode;

    fn from_str(text: &str) -> Result<Self, InvalidMode> {
        let all = [Self::Plain, Self::Compatible, Self::Safe];
        all.into_iter().find(|mode| mode.as_str() == text).ok_or(InvalidMode(()))
    }
}

/// A text that names no [`Mode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidMode(());

impl fmt::Display for InvalidMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a message mode is plain, compatible or safe, in lower case")
    }
}

impl std::error::Error for InvalidMode {}
