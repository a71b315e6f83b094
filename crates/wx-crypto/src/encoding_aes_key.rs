use aes::{
    Aes256Dec, Aes256Enc,
    cipher::{Array, KeyInit, consts::U16},
};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use std::{fmt, str::FromStr};
use zeroize::Zeroize;

/// The EncodingAESKey (消息加解密密钥) of a callback: 43 letters and digits, decoded once with its key schedule.
///
/// Keys whose last character carries non-zero trailing bits are accepted, because the platform gives out such
/// keys (protocol §6.4). The value prints as `[redacted]`.
#[derive(Clone)]
pub struct EncodingAesKey {
    pub(crate) encrypt: Aes256Enc,
    pub(crate) decrypt: Aes256Dec,
    pub(crate) iv: Array<u8, U16>,
}

impl FromStr for EncodingAesKey {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let characters = text.chars().count();
        if characters != 43 {
            return Err(InvalidKey::Length { characters });
        }
        let mut bytes = [0; 33];
        let decoded = LENIENT.decode_slice(text, &mut bytes);
        if decoded != Ok(32) {
            return Err(InvalidKey::Alphabet);
        }
        let mut key = [0; 32];
        key.copy_from_slice(&bytes[..32]);
        let mut iv = Array::default();
        iv.copy_from_slice(&bytes[..16]);
        let made = Self {
            encrypt: Aes256Enc::new(&Array::from(key)),
            decrypt: Aes256Dec::new(&Array::from(key)),
            iv,
        };
        bytes.zeroize();
        key.zeroize();
        Ok(made)
    }
}

impl fmt::Debug for EncodingAesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncodingAesKey([redacted])")
    }
}

impl Drop for EncodingAesKey {
    fn drop(&mut self) {
        self.iv.zeroize();
    }
}

/// Why a text is no [`EncodingAesKey`]. The text itself is never part of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidKey {
    /// The key does not have 43 characters.
    Length {
        /// How many characters were given.
        characters: usize,
    },
    /// A character is not in the base64 alphabet.
    Alphabet,
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { characters } => {
                write!(
                    f,
                    "an EncodingAESKey has 43 characters, this one has {characters}; copy it again from the console"
                )
            }
            Self::Alphabet => f.write_str(
                "an EncodingAESKey holds letters and digits only; look for blanks or cut characters",
            ),
        }
    }
}

impl std::error::Error for InvalidKey {}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_with_a_key_and_never_shows_it() {
        let error = |text: &str| text.parse::<EncodingAesKey>().unwrap_err();
        assert_eq!(error("short"), InvalidKey::Length { characters: 5 });
        assert_eq!(error(&"A".repeat(44)), InvalidKey::Length { characters: 44 });
        assert_eq!(error(&format!("{} ", "A".repeat(42))), InvalidKey::Alphabet);
        assert_eq!(error(&format!("{}Ａ", "A".repeat(42))), InvalidKey::Alphabet);
        assert_eq!(error(&"键".repeat(43)), InvalidKey::Alphabet);
        assert_eq!(error(&format!("{}=", "A".repeat(42))), InvalidKey::Alphabet);
        assert_eq!(error(&"键".repeat(14)), InvalidKey::Length { characters: 14 });
        let key: EncodingAesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C".parse().unwrap();
        assert_eq!(format!("{key:?}"), "EncodingAesKey([redacted])");
    }
}
