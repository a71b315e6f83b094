use crate::{Lifetime, OverLimit};
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/shorten/gen` (短 key 托管, protocol §4.2): keeps a text behind 15 characters, which fit
/// into the scene of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortenGenRequest {
    /// The text, at most 4 KB.
    pub long_data: String,
    /// How long it is kept, 1..=2592000 seconds.
    #[serde(default = "longest")]
    pub expire_seconds: u32,
}

impl ShortenGenRequest {
    /// Keeps that text for that time.
    pub fn new(long_data: impl Into<String>, lifetime: Lifetime) -> Self {
        Self { long_data: long_data.into(), expire_seconds: lifetime.seconds() }
    }

    /// Whether the text has 1 to 4096 bytes and is kept for 1 to 2592000 seconds.
    pub fn check(&self) -> Result<(), OverLimit> {
        let length = self.long_data.len();
        OverLimit::unless((1..=4096).contains(&length), || {
            format!(
                "a short key stands for 1 to 4096 bytes of text, not for {length}; keep the rest yourself"
            )
        })?;
        let seconds = self.expire_seconds;
        OverLimit::unless((1..=Lifetime::MAX.seconds()).contains(&seconds), || {
            format!("a short key lives 1 to 2592000 seconds (30 days), not {seconds}")
        })
    }
}

/// What the platform takes when nothing is said.
fn longest() -> u32 {
    Lifetime::MAX.seconds()
}

/// The answer to `shorten/gen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortenGenResponse {
    /// 15 letters and digits.
    pub short_key: String,
}

/// The body of `POST /cgi-bin/shorten/fetch` (还原短 key, protocol §4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortenFetchRequest {
    /// The key that `shorten/gen` of the same account gave.
    pub short_key: String,
}

impl ShortenFetchRequest {
    /// Asks for the text behind that key.
    pub fn new(short_key: impl Into<String>) -> Self {
        Self { short_key: short_key.into() }
    }
}

/// The answer to `shorten/fetch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortenFetchResponse {
    /// The text.
    pub long_data: String,
    /// When it was stored, in seconds since 1970 (UTC).
    pub create_time: i64,
    /// How many seconds it is still kept.
    pub expire_seconds: u32,
}
