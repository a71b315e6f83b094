use super::source::{AccessTokenSource, TokenGrant};
use crate::Error;
use async_trait::async_trait;
use std::time::Duration;
use wx_model::AccessToken;

/// A token that somebody else fetched and nobody here renews: for a single errand, or for a test.
///
/// When the platform refuses it, that refusal is the error of the call.
///
/// ```
/// use wx_client::{Client, FixedToken};
///
/// let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", FixedToken::new("76_abc"));
/// # let _ = client;
/// ```
#[derive(Debug, Clone)]
pub struct FixedToken(AccessToken);

impl FixedToken {
    /// This token, for as long as the platform takes it.
    pub fn new(token: impl Into<AccessToken>) -> Self {
        Self(token.into())
    }
}

#[async_trait]
impl AccessTokenSource for FixedToken {
    async fn token(&self, _refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        // How long it works is not known; to ask here again costs nothing.
        Ok(TokenGrant::new(self.0.clone(), Duration::from_hours(2)))
    }
}
