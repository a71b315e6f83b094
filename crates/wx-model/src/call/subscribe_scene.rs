use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// Where a follower came from (关注渠道来源, protocol §10.1): an open set of names, unknown ones are kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubscribeScene(Cow<'static, str>);

impl SubscribeScene {
    /// The account search.
    pub const SEARCH: Self = Self::known("ADD_SCENE_SEARCH");
    /// The migration of another account.
    pub const ACCOUNT_MIGRATION: Self = Self::known("ADD_SCENE_ACCOUNT_MIGRATION");
    /// A shared name card.
    pub const PROFILE_CARD: Self = Self::known("ADD_SCENE_PROFILE_CARD");
    /// A QR code, with parameters or not.
    pub const QR_CODE: Self = Self::known("ADD_SCENE_QR_CODE");
    /// The account's name in an article.
    pub const PROFILE_LINK: Self = Self::known("ADD_SCENE_PROFILE_LINK");
    /// The menu of an article.
    pub const PROFILE_ITEM: Self = Self::known("ADD_SCENE_PROFILE_ITEM");
    /// After a payment.
    pub const PAID: Self = Self::known("ADD_SCENE_PAID");
    /// An advertisement.
    pub const WECHAT_ADVERTISEMENT: Self = Self::known("ADD_SCENE_WECHAT_ADVERTISEMENT");
    /// A reprinted article.
    pub const REPRINT: Self = Self::known("ADD_SCENE_REPRINT");
    /// A live stream.
    pub const LIVESTREAM: Self = Self::known("ADD_SCENE_LIVESTREAM");
    /// Channels (视频号).
    pub const CHANNELS: Self = Self::known("ADD_SCENE_CHANNELS");
    /// A mini program.
    pub const WXA: Self = Self::known("ADD_SCENE_WXA");
    /// Anything else.
    pub const OTHERS: Self = Self::known("ADD_SCENE_OTHERS");

    /// The origin of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    const fn known(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl fmt::Display for SubscribeScene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
