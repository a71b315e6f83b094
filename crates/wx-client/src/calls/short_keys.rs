use super::within;
use crate::{Call, Client, Error, Repeat};
use wx_model::{Lifetime, ShortenFetchRequest, ShortenFetchResponse, ShortenGenRequest, ShortenGenResponse};

const GEN: &str = "/cgi-bin/shorten/gen";
const FETCH: &str = "/cgi-bin/shorten/fetch";

/// Texts of up to 4 KB that the platform keeps behind 15 characters, which fit into the scene of a code.
#[derive(Debug, Clone)]
pub struct ShortKeys(pub(super) Client);

impl ShortKeys {
    /// Has a text kept, and gives its key (`shorten/gen`). A key that nobody heard of just ends, so it is repeated after a
    /// lost answer.
    ///
    /// # Errors
    ///
    /// [`Error`]. Nothing is sent for a text that is empty or too long.
    pub async fn make(&self, text: impl Into<String>, lifetime: Lifetime) -> Result<String, Error> {
        let request = ShortenGenRequest::new(text, lifetime);
        within(GEN, request.check())?;
        let call = Call::post(GEN, &request)?.repeat(Repeat::Always);
        let answer: ShortenGenResponse = self.0.call(&call).await?;
        Ok(answer.short_key)
    }

    /// The text behind a key (`shorten/fetch`), and how long it is still kept.
    ///
    /// # Errors
    ///
    /// [`Error`]; 9410012 if there is no such key, or not any more, or not of this account.
    pub async fn fetch(&self, key: impl Into<String>) -> Result<ShortenFetchResponse, Error> {
        let call = Call::post(FETCH, &ShortenFetchRequest::new(key))?.repeat(Repeat::Always);
        self.0.call(&call).await
    }
}
