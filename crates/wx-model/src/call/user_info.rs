use crate::{OpenId, SceneValue, SubscribeScene};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The answer of `GET /cgi-bin/user/info` (获取用户基本信息, protocol §10.1): a person as this account knows them.
///
/// Of somebody who does not follow, only `openid` and perhaps `unionid` are said. The names and pictures have been
/// empty since December 2021.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfo {
    /// Whether they follow now; 0 or 1 on the wire.
    #[serde(deserialize_with = "not_zero", serialize_with = "zero_or_one")]
    pub subscribe: bool,
    /// Who.
    pub openid: OpenId,
    /// The person across all accounts of one owner; only when the account is bound to an open platform (开放平台).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unionid: Option<String>,
    /// When they last followed, in seconds since 1970 (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscribe_time: Option<i64>,
    /// The owner's note, less than 30 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// The group (分组), an older form of tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groupid: Option<i64>,
    /// The tags they wear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tagid_list: Vec<i64>,
    /// Where they came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscribe_scene: Option<SubscribeScene>,
    /// The number of the code through which they followed; 0 when none. See [`scene`](Self::scene).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr_scene: Option<u64>,
    /// The text of the code through which they followed; empty when none. See [`scene`](Self::scene).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr_scene_str: Option<String>,
    /// The language of their app, `zh_CN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Empty now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// 0 now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<u8>,
    /// Empty now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Empty now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Empty now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Empty now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headimgurl: Option<String>,
}

impl UserInfo {
    /// The code through which they last followed, as its push carried it: the second source of attribution when the
    /// push had none. A later scan does not change it.
    pub fn scene(&self) -> Option<SceneValue> {
        let text = self.qr_scene_str.clone().filter(|text| !text.is_empty());
        let number = self.qr_scene.filter(|id| *id != 0);
        text.or_else(|| number.map(|id| id.to_string())).map(SceneValue::from)
    }
}

fn not_zero<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(u8::deserialize(deserializer)? != 0)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn zero_or_one<S: Serializer>(flag: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8((*flag).into())
}
