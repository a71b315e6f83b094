use crate::{Callback, Mode, component, platform::Account};
use std::time::Duration;

/// One server that pushes go to, with what the platform needs to know for it; taken from the account when a delivery
/// begins.
pub(crate) struct Receiver {
    /// What the transcript calls it.
    pub(crate) name: &'static str,
    pub(crate) url: String,
    pub(crate) callback: Callback,
    /// What stands behind the message inside of an envelope (protocol §6.4).
    pub(crate) app_id: String,
    /// The account's original id.
    pub(crate) account: String,
    pub(crate) time_limit: Duration,
    /// Whether retries carry the same signature and nonce, which is not known of the platform (§6.3).
    pub(crate) repeats_nonce: bool,
    /// Whether it takes events about the third-party platform itself, which know no answer but `success` (§1.7).
    pub(crate) is_for_notices: bool,
}

/// The account's own server.
pub(crate) const ACCOUNT: &str = "account";

impl Receiver {
    /// The account's own server, if it has one.
    pub(crate) fn own(account: &Account) -> Option<Self> {
        Self::new(ACCOUNT, account, account.options.callback.clone())
    }

    /// All servers that hear of the account's followers (§8): its own, a second one, and that of a third-party
    /// platform that the owner authorised.
    pub(crate) fn all(account: &Account) -> [Option<Self>; 3] {
        let second = account.options.second_callback.clone();
        let second = second.and_then(|callback| Self::new("second", account, callback));
        [Self::own(account), second, Self::component(account)]
    }

    /// The server that hears of the third-party platform itself.
    pub(crate) fn notices(account: &Account) -> Option<Self> {
        let component = account.options.component.as_ref()?;
        let callback = component_callback(component, component.events_url.clone());
        Some(Self { is_for_notices: true, ..Self::new("component events", account, callback)? })
    }

    fn component(account: &Account) -> Option<Self> {
        let component = account.options.component.as_ref().filter(|_| account.authorization.is_granted)?;
        let url = component.messages_url.as_ref();
        let url = url.map(|url| url.replace(component::APP_ID, &account.options.app_id));
        Self::new("component", account, component_callback(component, url))
    }

    fn new(name: &'static str, account: &Account, callback: Callback) -> Option<Self> {
        let options = &account.options;
        Some(Self {
            name,
            url: callback.url.clone()?,
            app_id: callback.app_id.clone().unwrap_or_else(|| options.app_id.clone()),
            callback,
            account: options.original_id.clone(),
            time_limit: options.time_limit,
            repeats_nonce: options.retries_repeat_nonce,
            is_for_notices: false,
        })
    }
}

/// Always encrypted, with the platform's own token, key and AppID (§1.7).
fn component_callback(component: &crate::Component, url: Option<String>) -> Callback {
    Callback::default()
        .url(url)
        .mode(Mode::Safe)
        .token(&component.token)
        .aes_key(component.aes_key.clone())
        .app_id(&component.app_id)
}
