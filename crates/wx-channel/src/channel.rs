use crate::ChannelName;
use serde::{Deserialize, Serialize};
use wx_model::{Reply, SceneScan};

/// A channel (渠道): one way by which people find the account, such as a shop, a poster or a salesperson. It has
/// any number of codes, and says what a person who scans one of them is answered.
///
/// Not `#[non_exhaustive]`: a store that forgets a new field must not compile.
///
/// ```
/// use wx_channel::{Channel, ChannelName};
///
/// let shop = Channel::new(ChannelName::new("shop-042")?).welcome("Welcome!");
/// assert_eq!(shop.welcome_back, None);
/// # Ok::<(), wx_channel::InvalidChannelName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// The name, unique within the account.
    pub name: ChannelName,
    /// What a new follower (关注) is answered; the platform cuts at 2048 bytes (protocol §9).
    pub welcome: Option<String>,
    /// What a person is answered who scans and follows already.
    pub welcome_back: Option<String>,
}

impl Channel {
    /// A channel that answers nothing.
    pub fn new(name: ChannelName) -> Self {
        Self { name, welcome: None, welcome_back: None }
    }

    /// Sets the answer for a new follower.
    pub fn welcome(mut self, text: impl Into<String>) -> Self {
        self.welcome = Some(text.into());
        self
    }

    /// Sets the answer for a person who scans and follows already.
    pub fn welcome_back(mut self, text: impl Into<String>) -> Self {
        self.welcome_back = Some(text.into());
        self
    }

    /// The answer to a scan of one of this channel's codes. An absent or blank text is no answer, because the
    /// platform shows an error to the person when a text reply is empty.
    pub fn reply(&self, scan: &SceneScan<'_>) -> Reply {
        let text = if scan.is_new_follower() { &self.welcome } else { &self.welcome_back };
        match text.as_deref().filter(|text| !text.trim().is_empty()) {
            Some(text) => Reply::text(text),
            None => Reply::none(),
        }
    }
}
