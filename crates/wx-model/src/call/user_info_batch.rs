use crate::{OpenId, OverLimit, UserInfo};
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/user/info/batchget` (批量获取用户基本信息, protocol §10.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfoBatchRequest {
    /// Who is asked for, at most 100 (40032).
    pub user_list: Vec<UserInfoQuery>,
}

impl UserInfoBatchRequest {
    /// Asks for those people.
    pub fn new(user_list: Vec<UserInfoQuery>) -> Self {
        Self { user_list }
    }

    /// Whether it asks for 1 to 100 people.
    pub fn check(&self) -> Result<(), OverLimit> {
        let count = self.user_list.len();
        OverLimit::unless((1..=100).contains(&count), || {
            format!("the platform tells of 1 to 100 people in one call, not of {count}; ask in pieces")
        })
    }
}

/// One person of a [`UserInfoBatchRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfoQuery {
    /// Who.
    pub openid: OpenId,
    /// In which language places are named: `zh_CN`, `zh_TW` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

impl UserInfoQuery {
    /// That person, in the platform's own choice of language.
    pub fn new(openid: impl Into<OpenId>) -> Self {
        Self { openid: openid.into(), lang: None }
    }

    /// In that language.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }
}

impl From<&OpenId> for UserInfoQuery {
    fn from(openid: &OpenId) -> Self {
        Self::new(openid.clone())
    }
}

impl From<OpenId> for UserInfoQuery {
    fn from(openid: OpenId) -> Self {
        Self::new(openid)
    }
}

impl From<&str> for UserInfoQuery {
    fn from(openid: &str) -> Self {
        Self::new(openid)
    }
}

/// The answer to `user/info/batchget`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfoBatchResponse {
    /// The people, in the order of the request.
    pub user_info_list: Vec<UserInfo>,
}
