use super::{Pages, within};
use crate::{Call, Client, Error, Repeat};
use serde::de::IgnoredAny;
use wx_model::{
    BatchTaggingRequest, OpenId, Tag, TagCreateRequest, TagCreateResponse, TagDeleteRequest,
    TagFollowersRequest, TagFollowersResponse, TagsResponse,
};

const CREATE: &str = "/cgi-bin/tags/create";
const GET: &str = "/cgi-bin/tags/get";
const DELETE: &str = "/cgi-bin/tags/delete";
const GIVE: &str = "/cgi-bin/tags/members/batchtagging";
const TAKE: &str = "/cgi-bin/tags/members/batchuntagging";
const PEOPLE: &str = "/cgi-bin/user/tag/get";

/// The tags of the account, 100 at most.
#[derive(Debug, Clone)]
pub struct Tags(pub(super) Client);

impl Tags {
    /// Makes a tag (创建标签): a name of 1 to 30 bytes that no other has.
    ///
    /// # Errors
    ///
    /// [`Error`]; 45157 if there is such a tag, 45056 if there are 100. Nothing is sent for a name that is too long.
    pub async fn create(&self, name: impl Into<String>) -> Result<Tag, Error> {
        let request = TagCreateRequest::new(name);
        within(CREATE, request.check())?;
        let answer: TagCreateResponse = self.0.call(&Call::post(CREATE, &request)?).await?;
        Ok(answer.tag)
    }

    /// All tags, with the number of people who wear each (获取标签).
    ///
    /// # Errors
    ///
    /// [`Error`].
    pub async fn list(&self) -> Result<Vec<Tag>, Error> {
        let answer: TagsResponse = self.0.call(&Call::get(GET, &[])?).await?;
        Ok(answer.tags)
    }

    /// Deletes a tag (删除标签), from its people too.
    ///
    /// # Errors
    ///
    /// [`Error`]; 45057 while more than 100000 wear it. Nothing is sent for the built-in ones.
    pub async fn delete(&self, id: i64) -> Result<(), Error> {
        let request = TagDeleteRequest::new(id);
        within(DELETE, request.check())?;
        self.0.call::<IgnoredAny>(&Call::post(DELETE, &request)?).await.map(drop)
    }

    /// Gives a tag to 1 to 50 people (批量为用户打标签).
    ///
    /// # Errors
    ///
    /// [`Error`]; 45059 if somebody wears 20 already, 45171 if it worked for some only. Nothing is sent for none or too
    /// many.
    pub async fn give(&self, id: i64, people: &[OpenId]) -> Result<(), Error> {
        self.change(GIVE, id, people).await
    }

    /// Takes a tag from 1 to 50 people (批量为用户取消标签).
    ///
    /// # Errors
    ///
    /// As with [`give`](Self::give).
    pub async fn take(&self, id: i64, people: &[OpenId]) -> Result<(), Error> {
        self.change(TAKE, id, people).await
    }

    /// A page of up to 10000 people who wear a tag (获取标签下粉丝列表).
    ///
    /// # Errors
    ///
    /// [`Error`].
    pub async fn people_page(&self, id: i64, next: Option<&OpenId>) -> Result<TagFollowersResponse, Error> {
        let request = TagFollowersRequest::new(id);
        let request = next.into_iter().fold(request, |request, next| request.from(next.clone()));
        self.0.call(&Call::post(PEOPLE, &request)?.repeat(Repeat::Always)).await
    }

    /// All pages of people who wear a tag, each asked for when it is wanted.
    pub fn people(&self, id: i64) -> Pages<TagFollowersResponse> {
        let tags = self.clone();
        Pages::new(move |next| {
            let tags = tags.clone();
            async move { tags.people_page(id, next.as_ref()).await }
        })
    }

    /// Twice is the same as once.
    async fn change(&self, path: &str, id: i64, people: &[OpenId]) -> Result<(), Error> {
        let request = BatchTaggingRequest::new(id, people.to_vec());
        within(path, request.check())?;
        let call = Call::post(path, &request)?.repeat(Repeat::Always);
        self.0.call::<IgnoredAny>(&call).await.map(drop)
    }
}
