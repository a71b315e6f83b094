use crate::{Error, callback::check_url, options};
use std::{collections::BTreeSet, fmt};
use wx_crypto::EncodingAesKey;

/// A third-party platform (第三方平台, protocol §1.7) that may act for the account once its owner authorises it.
///
/// Messages of the account then go to it as well, always encrypted with its own token and key, and with its own AppID
/// at the end of the envelope.
///
/// ```
/// use wx_sim::Component;
///
/// let component = Component::new("wx9c00c1d2e3b4a5f6", "ffeeddccbbaa99887766554433221100")
///     .events_to("http://127.0.0.1:8080/component/events")
///     .messages_to("http://127.0.0.1:8080/component/$APPID$/callback")
///     .permissions([2, 3]);
/// # let _ = component;
/// ```
#[derive(Clone)]
pub struct Component {
    pub(crate) app_id: String,
    pub(crate) secret: String,
    pub(crate) token: String,
    pub(crate) aes_key: EncodingAesKey,
    pub(crate) events_url: Option<String>,
    pub(crate) messages_url: Option<String>,
    pub(crate) permissions: BTreeSet<u32>,
}

impl Component {
    /// By `component_appid` and `component_appsecret`. It starts without addresses, with the callback's default token
    /// and key, and with the permission sets 1, 2, 3, 17 and 100.
    pub fn new(app_id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            app_id: app_id.into(),
            secret: secret.into(),
            token: options::DEFAULT_TOKEN.to_owned(),
            aes_key: options::default_aes_key(),
            events_url: None,
            messages_url: None,
            permissions: BTreeSet::from([1, 2, 3, 17, 100]),
        }
    }

    /// Where `component_verify_ticket`, `authorized`, `updateauthorized` and `unauthorized` go (授权事件接收URL).
    pub fn events_to(mut self, url: impl Into<String>) -> Self {
        self.events_url = Some(url.into());
        self
    }

    /// Where messages and events of authorised accounts go (消息与事件接收URL); the account's AppID takes the place of
    /// `$APPID$`.
    pub fn messages_to(mut self, url: impl Into<String>) -> Self {
        self.messages_url = Some(url.into());
        self
    }

    /// The token of its signatures.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// The key of its envelopes.
    pub fn aes_key(mut self, key: EncodingAesKey) -> Self {
        self.aes_key = key;
        self
    }

    /// The permission sets (权限集) that owners grant it. Calls about users need 2 or 100, codes 3, short keys 3 or 17;
    /// without, they get 61007.
    pub fn permissions(mut self, sets: impl IntoIterator<Item = u32>) -> Self {
        self.permissions = sets.into_iter().collect();
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if !options::is_app_id(&self.app_id) {
            return Err(Error::AppId);
        }
        if !options::is_secret(&self.secret) {
            return Err(Error::Secret);
        }
        options::check_token(&self.token)?;
        self.events_url.as_deref().map_or(Ok(()), check_url)?;
        let messages_url = self.messages_url.as_ref().map(|url| url.replace(APP_ID, "wx"));
        messages_url.as_deref().map_or(Ok(()), check_url)
    }
}

/// Stands in the address of messages for the AppID of the account.
pub(crate) const APP_ID: &str = "$APPID$";

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Component");
        debug.field("app_id", &self.app_id).field("secret", &"[redacted]").field("token", &"[redacted]");
        debug.field("aes_key", &self.aes_key).field("events_url", &self.events_url);
        debug.field("messages_url", &self.messages_url).field("permissions", &self.permissions).finish()
    }
}
