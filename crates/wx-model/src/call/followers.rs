use crate::OpenId;
use serde::{Deserialize, Serialize};

/// A page of `GET /cgi-bin/user/get` (获取用户列表, protocol §10.2): at most 10000 followers, 500 calls a day.
///
/// Ask for the next page with [`next_openid`](Self::next_openid) until [`is_last`](Self::is_last).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FollowersResponse {
    /// How many follow the account.
    pub total: u64,
    /// How many stand in this page.
    pub count: u64,
    /// The followers of this page; absent when it is empty.
    #[serde(default)]
    pub data: OpenIdList,
    /// Where the next page begins; empty after the last.
    #[serde(default)]
    pub next_openid: String,
}

impl FollowersResponse {
    /// Whether there is nothing after this page.
    pub fn is_last(&self) -> bool {
        self.count == 0 || self.next_openid.is_empty()
    }
}

/// A page of `POST /cgi-bin/user/tag/get` (获取标签下粉丝列表, protocol §10.3): at most 10000 people of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagFollowersResponse {
    /// How many stand in this page.
    pub count: u64,
    /// The people of this page; absent when it is empty.
    #[serde(default)]
    pub data: OpenIdList,
    /// Where the next page begins; empty after the last.
    #[serde(default)]
    pub next_openid: String,
}

impl TagFollowersResponse {
    /// Whether there is nothing after this page.
    pub fn is_last(&self) -> bool {
        self.count == 0 || self.next_openid.is_empty()
    }
}

/// The people of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpenIdList {
    /// Their OpenIDs.
    #[serde(default)]
    pub openid: Vec<OpenId>,
}
