use wx_model::{AccessToken, AppId};

/// Under which key, and how, other programs look for a token in Redis.
///
/// ```
/// use wx_store::RedisLayout;
///
/// let layout = RedisLayout::plain("tokens/{appid}");
/// # let _ = layout;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisLayout {
    key: String,
    is_quoted: bool,
}

impl RedisLayout {
    /// The token as it is, under this key, in which `{appid}` stands for the AppID.
    pub fn plain(key: impl Into<String>) -> Self {
        Self { key: key.into(), is_quoted: false }
    }

    /// The token as a JSON text, in quotes, under this key.
    pub fn json(key: impl Into<String>) -> Self {
        Self { key: key.into(), is_quoted: true }
    }

    /// Where WxJava looks (`WxMpRedisConfigImpl`): `PREFIX:access_token:APPID`. Its usual prefix is `wx`.
    pub fn wx_java(prefix: &str) -> Self {
        Self::plain(format!("{prefix}:access_token:{{appid}}"))
    }

    /// Where silenceper/wechat v2 looks for a stable token: `gowechat_officialaccount__stable_access_token_APPID`.
    pub fn silenceper_stable() -> Self {
        Self::plain("gowechat_officialaccount__stable_access_token_{appid}")
    }

    /// Where silenceper/wechat v2 looks by default: `gowechat_officialaccount__access_token_APPID`.
    pub fn silenceper() -> Self {
        Self::plain("gowechat_officialaccount__access_token_{appid}")
    }

    /// Where wechatpy looks (`RedisStorage`): `PREFIX:APPID_access_token`, in JSON. Its usual prefix is `wechatpy`.
    pub fn wechatpy(prefix: &str) -> Self {
        Self::json(format!("{prefix}:{{appid}}_access_token"))
    }

    pub(super) fn key(&self, account: &AppId) -> String {
        self.key.replace("{appid}", account.as_str())
    }

    /// Tokens hold nothing that JSON would escape, but for what no platform gives.
    pub(super) fn value(&self, token: &AccessToken) -> String {
        if !self.is_quoted {
            return token.expose().to_owned();
        }
        let escaped = token.expose().replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{escaped}\"")
    }
}

impl Default for RedisLayout {
    /// `wechat:access_token:APPID`, the token as it is.
    fn default() -> Self {
        Self::plain("wechat:access_token:{appid}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_other_programs() {
        let keys = [
            RedisLayout::default(),
            RedisLayout::wx_java("wx"),
            RedisLayout::silenceper(),
            RedisLayout::silenceper_stable(),
            RedisLayout::wechatpy("wechatpy"),
        ]
        .map(|layout| layout.key(&AppId::new("wx1")));
        let expected = [
            "wechat:access_token:wx1",
            "wx:access_token:wx1",
            "gowechat_officialaccount__access_token_wx1",
            "gowechat_officialaccount__stable_access_token_wx1",
            "wechatpy:wx1_access_token",
        ];
        assert_eq!(keys, expected);
    }

    #[test]
    fn a_quoted_token_is_json() {
        let token = AccessToken::new("76_a\\b\"c");
        assert_eq!(RedisLayout::plain("k").value(&token), "76_a\\b\"c");
        assert_eq!(RedisLayout::json("k").value(&token), r#""76_a\\b\"c""#);
    }
}
