use crate::{OpenId, OverLimit};
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

    /// Whether it names 1 to 50 people.
    pub fn check(&self) -> Result<(), OverLimit> {
        let count = self.openid_list.len();
        OverLimit::unless((1..=50).contains(&count), || {
            format!(
                "a tag is given to or taken from 1 to 50 people in one call, not {count}; do it in pieces"
            )
        })
    }
}
