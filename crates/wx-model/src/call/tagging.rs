use crate::OpenId;
use serde::{Deserialize, Serialize};

/// The body of `POST /cgi-bin/tags/members/batchtagging` and `batchuntagging` (批量打标签, protocol §10.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchTaggingRequest {
    /// Who gets or loses the tag, at most 50 (40032); a person wears 20 tags at most (45059).
    pub openid_list: Vec<OpenId>,
    /// The number of the tag.
    pub tagid: i64,
}

impl BatchTaggingRequest {
    /// Those people and that tag.
    pub fn new(tagid: i64, openid_list: Vec<OpenId>) -> Self {
        Self { openid_list, tagid }
    }
}
