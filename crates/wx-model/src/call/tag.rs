use crate::{OpenId, OverLimit};
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

    /// Whether the name has 1 to 30 bytes.
    pub fn check(&self) -> Result<(), OverLimit> {
        let length = self.tag.name.len();
        OverLimit::unless((1..=30).contains(&length), || {
            format!(
                "the name of a tag has 1 to 30 bytes, this one has {length} (a Chinese character has 3); shorten it"
            )
        })
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

/// The body of `POST /cgi-bin/tags/delete` (删除标签, protocol §10.3). Refused with 45057 while more than 100000 people wear
/// it, with 45058 for the built-in ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagDeleteRequest {
    /// The tag to delete.
    pub tag: TagId,
}

impl TagDeleteRequest {
    /// Deletes the tag of that number.
    pub fn new(id: i64) -> Self {
        Self { tag: TagId { id } }
    }

    /// Whether it is none of the built-in ones, 0, 1 and 2.
    pub fn check(&self) -> Result<(), OverLimit> {
        let id = self.tag.id;
        OverLimit::unless(!(0..=2).contains(&id), || {
            format!("the tag {id} is built in and cannot be deleted; only what the account made itself can")
        })
    }
}

/// A tag by its number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagId {
    /// Its number.
    pub id: i64,
}

/// The body of `POST /cgi-bin/user/tag/get` (获取标签下粉丝列表, protocol §10.3): a page of at most 10000 people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TagFollowersRequest {
    /// The number of the tag.
    pub tagid: i64,
    /// Where the page begins, as the page before said it; empty for the first.
    pub next_openid: OpenId,
}

impl TagFollowersRequest {
    /// The first page of the people who wear that tag.
    pub fn new(tagid: i64) -> Self {
        Self { tagid, next_openid: OpenId::new("") }
    }

    /// The page that begins there.
    pub fn from(mut self, next_openid: impl Into<OpenId>) -> Self {
        self.next_openid = next_openid.into();
        self
    }
}
