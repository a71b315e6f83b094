/// Which fields hold credentials, by their names.
///
/// A name is looked at without regard to case, `-`, `_` and dots. It counts as that of a credential if it ends with
/// `token`, `secret`, `password`, `ticket`, `signature`, `cookie`, `authorization` or a kind of key that opens something
/// (`aes_key`, `api_key`, `session_key` …); in a query also if it is `key`, `code`, `sign` or `sig`. It stands for query
/// parameters, headers, form fields and fields of JSON alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "replay", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Redaction {
    hide: Vec<String>,
    keep: Vec<String>,
}

/// `code` alone would hide the code of an error, and `key` that of a menu.
const ENDINGS: [&str; 19] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "ticket",
    "signature",
    "cookie",
    "authorization",
    "credential",
    "credentials",
    "authcode",
    "authorizationcode",
    "apikey",
    "aeskey",
    "accesskey",
    "privatekey",
    "secretkey",
    "sessionkey",
];
const IN_QUERIES: [&str; 4] = ["key", "code", "sign", "sig"];

impl Redaction {
    /// Treats the field of this name as a credential too, such as `openid`.
    pub fn hide(mut self, name: impl AsRef<str>) -> Self {
        self.hide.push(plain(name.as_ref()));
        self
    }

    /// Treats the field of this name as none, whatever the rule says, such as the public `ticket` of a picture.
    pub fn keep(mut self, name: impl AsRef<str>) -> Self {
        self.keep.push(plain(name.as_ref()));
        self
    }

    /// Whether the field of this name holds a credential.
    pub fn hides(&self, name: &str) -> bool {
        self.decides(name, |name| ENDINGS.iter().any(|ending| name.ends_with(ending)))
    }

    /// Whether the query parameter of this name does.
    pub(crate) fn hides_in_query(&self, name: &str) -> bool {
        self.hides(name) || self.decides(name, |name| IN_QUERIES.contains(&name))
    }

    fn decides(&self, name: &str, rule: impl FnOnce(&str) -> bool) -> bool {
        let name = plain(name);
        !self.keep.contains(&name) && (self.hide.contains(&name) || rule(&name))
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|char| !matches!(char, '-' | '_' | '.')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials_are_known() {
        let rule = Redaction::default();
        for name in [
            "access_token",
            "accessToken",
            "component_access_token",
            "authorizer_refresh_token",
            "secret",
            "appsecret",
            "AppSecret",
            "component_appsecret",
            "component_verify_ticket",
            "ticket",
            "EncodingAESKey",
            "session_key",
            "pre_auth_code",
            "Set-Cookie",
            "Proxy-Authorization",
            "msg_signature",
        ] {
            assert!(rule.hides(name), "{name}");
        }
        for name in
            ["errcode", "expires_in", "token_type", "EventKey", "short_key", "key", "code", "appid", ""]
        {
            assert!(!rule.hides(name), "{name}");
        }
        assert!(
            rule.hides_in_query("code") && rule.hides_in_query("secret") && !rule.hides_in_query("errcode")
        );
    }

    #[test]
    fn the_caller_decides_last() {
        let rule = Redaction::default().hide("OpenId").keep("ticket");
        assert!(rule.hides("openid") && rule.hides("open_id") && !rule.hides("ticket"));
        assert!(rule.hides("component_verify_ticket") && rule.hides("access_token"));
    }
}
