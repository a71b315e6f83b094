use super::{Pages, within};
use crate::{Call, Client, Error, Repeat};
use wx_model::{
    FollowersResponse, OpenId, UserInfo, UserInfoBatchRequest, UserInfoBatchResponse, UserInfoQuery,
};

const INFO: &str = "/cgi-bin/user/info";
const BATCH: &str = "/cgi-bin/user/info/batchget";
const GET: &str = "/cgi-bin/user/get";

/// The followers of the account.
#[derive(Debug, Clone)]
pub struct Users(pub(super) Client);

impl Users {
    /// What the account knows of a person (获取用户基本信息, protocol §10.1): whether they follow, since when, and through
    /// which code. Give an [`OpenId`], or a [`UserInfoQuery`] with a language.
    ///
    /// # Errors
    ///
    /// [`Error`]; 40003 or 46004 if the account never saw this person.
    pub async fn info(&self, who: impl Into<UserInfoQuery>) -> Result<UserInfo, Error> {
        let UserInfoQuery { openid, lang, .. } = who.into();
        let query = [("openid", openid.as_str()), ("lang", lang.as_deref().unwrap_or_default())];
        let query = if lang.is_some() { &query[..] } else { &query[..1] };
        self.0.call(&Call::get(INFO, query)?).await
    }

    /// The same of 1 to 100 people at once (批量获取用户基本信息), in their order.
    ///
    /// # Errors
    ///
    /// [`Error`]; kind [`Request`](crate::ErrorKind::Request), and nothing is sent, if they are none or too many.
    pub async fn infos(
        &self,
        people: impl IntoIterator<Item = impl Into<UserInfoQuery>>,
    ) -> Result<Vec<UserInfo>, Error> {
        let request = UserInfoBatchRequest::new(people.into_iter().map(Into::into).collect());
        within(BATCH, request.check())?;
        let call = Call::post(BATCH, &request)?.repeat(Repeat::Always);
        let answer: UserInfoBatchResponse = self.0.call(&call).await?;
        Ok(answer.user_info_list)
    }

    /// A page of up to 10000 followers (获取用户列表, protocol §10.2): the first, or that which the page before says
    /// is next. 500 calls a day.
    ///
    /// # Errors
    ///
    /// [`Error`].
    pub async fn page(&self, next: Option<&OpenId>) -> Result<FollowersResponse, Error> {
        let query = [("next_openid", next.map_or("", OpenId::as_str))];
        let query = if next.is_some() { &query[..] } else { &[] };
        self.0.call(&Call::get(GET, query)?).await
    }

    /// All pages of followers, one after the other, each asked for when it is wanted.
    ///
    /// ```no_run
    /// # async fn example(client: wx_client::Client) -> Result<(), wx_client::Error> {
    /// let mut pages = client.users().pages();
    /// while let Some(page) = pages.next().await {
    ///     for openid in page?.data.openid {
    ///         println!("{openid}");
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(&self) -> Pages<FollowersResponse> {
        let users = self.clone();
        Pages::new(move |next| {
            let users = users.clone();
            async move { users.page(next.as_ref()).await }
        })
    }
}
