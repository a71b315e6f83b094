use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt};
use wx_model::AppId;

/// Whose data it is: the AppID (开发者 ID) of one Official Account.
///
/// Every row of a store belongs to one account, and OpenIDs of two accounts never mean the same person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// Takes the text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<AppId> for AccountId {
    fn from(app_id: AppId) -> Self {
        Self::from(&app_id)
    }
}

impl From<&AppId> for AccountId {
    fn from(app_id: &AppId) -> Self {
        Self(app_id.as_str().to_owned())
    }
}

impl From<&str> for AccountId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for AccountId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl AsRef<str> for AccountId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// So that a map by account can be asked with a text.
impl Borrow<str> for AccountId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
