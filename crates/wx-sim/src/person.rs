use crate::{SubscribeScene, platform::User};

/// Somebody who follows the account or once did, as the platform knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// Their OpenID.
    pub openid: String,
    /// Whether they follow now. If not, the rest is empty.
    pub follows: bool,
    /// Second of the latest follow.
    pub subscribe_time: i64,
    /// How they came.
    pub subscribe_scene: SubscribeScene,
    /// The scene of the code behind the latest follow, as `EventKey` carries it; empty where there was none.
    pub scene: String,
    /// What the account remarked.
    pub remark: String,
    /// The ids of their tags, in the order in which they were given.
    pub tags: Vec<u32>,
    /// Whether they want no messages: 48002.
    pub blocks_messages: bool,
}

impl Person {
    pub(crate) fn of(openid: &str, user: &User) -> Self {
        Self {
            openid: openid.to_owned(),
            follows: user.follows,
            subscribe_time: user.subscribe_time,
            subscribe_scene: user.subscribe_scene,
            scene: user.scene.as_ref().map_or(String::new(), crate::platform::Scene::key),
            remark: user.remark.clone(),
            tags: user.tags.clone(),
            blocks_messages: user.blocks_messages,
        }
    }
}
