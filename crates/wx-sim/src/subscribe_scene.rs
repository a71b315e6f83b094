use std::{fmt, str::FromStr};

/// How a follower came (关注渠道, the `subscribe_scene` of user/info; protocol §10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SubscribeScene {
    /// Searched for the account (公众号搜索).
    #[default]
    Search,
    /// The account was migrated (公众号迁移).
    AccountMigration,
    /// A card that somebody shared (名片分享).
    ProfileCard,
    /// A code with parameters (扫描二维码); scanning follows this way by itself.
    QrCode,
    /// The account's name in an article (图文页内名称点击).
    ProfileLink,
    /// The menu of an article (图文页右上角菜单).
    ProfileItem,
    /// After a payment (支付后关注).
    Paid,
    /// An advertisement (微信广告).
    Advertisement,
    /// A reprinted article (他人转载).
    Reprint,
    /// A live broadcast (视频号直播).
    LiveStream,
    /// The channels (视频号).
    Channels,
    /// A mini program (小程序关注).
    MiniProgram,
    /// Anything else (其他).
    Others,
}

/// The word on the wire, the scene, and its `user_source` in statistics; 0 where protocol §10.5 names none.
const WORDS: [(&str, SubscribeScene, u32); 13] = [
    ("ADD_SCENE_SEARCH", SubscribeScene::Search, 1),
    ("ADD_SCENE_ACCOUNT_MIGRATION", SubscribeScene::AccountMigration, 0),
    ("ADD_SCENE_PROFILE_CARD", SubscribeScene::ProfileCard, 17),
    ("ADD_SCENE_QR_CODE", SubscribeScene::QrCode, 30),
    ("ADD_SCENE_PROFILE_LINK", SubscribeScene::ProfileLink, 57),
    ("ADD_SCENE_PROFILE_ITEM", SubscribeScene::ProfileItem, 0),
    ("ADD_SCENE_PAID", SubscribeScene::Paid, 0),
    ("ADD_SCENE_WECHAT_ADVERTISEMENT", SubscribeScene::Advertisement, 100),
    ("ADD_SCENE_REPRINT", SubscribeScene::Reprint, 161),
    ("ADD_SCENE_LIVESTREAM", SubscribeScene::LiveStream, 201),
    ("ADD_SCENE_CHANNELS", SubscribeScene::Channels, 200),
    ("ADD_SCENE_WXA", SubscribeScene::MiniProgram, 149),
    ("ADD_SCENE_OTHERS", SubscribeScene::Others, 0),
];

impl SubscribeScene {
    /// The word on the wire, such as `ADD_SCENE_SEARCH`.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    pub(crate) fn user_source(self) -> u32 {
        self.row().2
    }

    fn row(self) -> (&'static str, Self, u32) {
        let row = WORDS.into_iter().find(|(_, scene, _)| *scene == self);
        row.expect("every scene stands in the table, as a test checks")
    }
}

impl fmt::Display for SubscribeScene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SubscribeScene {
    type Err = UnknownScene;

    fn from_str(text: &str) -> Result<Self, UnknownScene> {
        let row = WORDS.into_iter().find(|(word, ..)| *word == text);
        row.map(|(_, scene, _)| scene).ok_or(UnknownScene)
    }
}

/// A word that is no [`SubscribeScene`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a subscribe_scene is one of the words that begin with ADD_SCENE_, such as ADD_SCENE_SEARCH")]
#[non_exhaustive]
pub struct UnknownScene;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_has_a_word_of_its_own() {
        for (word, scene, source) in WORDS {
            assert_eq!((scene.name(), word.parse(), scene.user_source()), (word, Ok(scene), source));
        }
        // The last variant has the highest number, so the table holds all of them.
        assert_eq!(SubscribeScene::Others as usize + 1, WORDS.len());
        assert_eq!("SEARCH".parse::<SubscribeScene>(), Err(UnknownScene));
    }
}
