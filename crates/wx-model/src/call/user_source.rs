use serde::{Deserialize, Serialize};

/// Where followers came from, as the platform's statistics count it (用户的渠道, protocol §10.5): an open set of
/// numbers. There are no figures per scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserSource(u32);

impl UserSource {
    /// Anything else; also the row of all sources together.
    pub const OTHER: Self = Self(0);
    /// The account search.
    pub const SEARCH: Self = Self(1);
    /// A shared name card.
    pub const CARD: Self = Self(17);
    /// A QR code.
    pub const QR_CODE: Self = Self(30);
    /// The account's name in an article.
    pub const ARTICLE: Self = Self(57);
    /// An advertisement.
    pub const ADVERTISEMENT: Self = Self(100);
    /// A mini program.
    pub const MINI_PROGRAM: Self = Self(149);
    /// A reprinted article.
    pub const REPRINT: Self = Self(161);
    /// Channels (视频号).
    pub const CHANNELS: Self = Self(200);
    /// A live stream.
    pub const LIVE: Self = Self(201);

    /// The source of that number, known or not.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}
