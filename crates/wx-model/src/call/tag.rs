use serde::{Deserialize, Serialize};

/// A tag (标签) of followers. An account has 100 at most, so tags cannot stand for channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tag {
    /// Its number; 0, 1 and 2 are built in.
    pub id: i64,
    /// Its name, unique, at most 30 bytes.
    pub name: String,
    /// How many people wear it; said by `tags/get` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// The body of `POST /cgi-bin/tags/create` (创建标签, protocol §10.3). Refused with 45056 for the 101st tag, 45157 for a
/// name that exists, 45158 for one that is too long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagCreateRequest {
    /// The tag to make.
    pub tag: NewTag,
}

impl TagCreateRequest {
    /// Makes a tag of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { tag: NewTag { name: name.into() } }
    }
}

/// A tag that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewTag {
    /// Its name, at most 30 bytes.
    pub name: String,
}

/// The answer to `tags/create`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagCreateResponse {
    /// The new tag.
    pub tag: Tag,
}

/// The answer of `GET /cgi-bin/tags/get` (获取标签, protocol §10.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagsResponse {
    /// All tags of the account.
    pub tags: Vec<Tag>,
}
