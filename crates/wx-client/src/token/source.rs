use crate::Error;
use async_trait::async_trait;
use std::{fmt::Debug, sync::Arc, time::Duration};
use wx_model::{AccessToken, TokenResponse};

/// Where the access_token (接口调用凭据) of an account comes from.
///
/// The client keeps what it is given, asks again in time, asks once for all who wait, and asks neither in a loop nor
/// without a pause after a failure; so an implementation only has to fetch. It is called inside a tokio runtime. What
/// is ready: the platform itself ([`Client::builder`](crate::Client::builder)), [`SharedToken`](crate::SharedToken),
/// [`CentralToken`](crate::CentralToken), [`AuthorizerToken`](crate::AuthorizerToken) and
/// [`FixedToken`](crate::FixedToken).
///
/// ```
/// use async_trait::async_trait;
/// use wx_client::{AccessTokenSource, Client, Error, TokenGrant};
/// use wx_model::AccessToken;
/// use std::time::Duration;
///
/// /// A file that another program writes anew every hour.
/// #[derive(Debug)]
/// struct TokenFile(std::path::PathBuf);
///
/// #[async_trait]
/// impl AccessTokenSource for TokenFile {
///     async fn token(&self, _refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
///         let text = std::fs::read_to_string(&self.0)
///             .map_err(|error| Error::token_source("the token file cannot be read; check its path", error))?;
///         Ok(TokenGrant::new(text.trim(), Duration::from_hours(1)).look_again_after(Duration::from_mins(1)))
///     }
/// }
///
/// let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", TokenFile("/run/wechat-token".into()));
/// # let _ = client;
/// ```
#[async_trait]
pub trait AccessTokenSource: Send + Sync + Debug {
    /// A token that should work now, and how long it will.
    ///
    /// With `refused`, the platform has refused that token: give another one, or the same again if there is no other.
    /// Whoever was refused may be late, so first compare it with the present token; only if they are equal is there
    /// anything to renew.
    ///
    /// # Errors
    ///
    /// [`Error::token_source`] makes one. It must hold no secret.
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error>;
}

#[async_trait]
impl<T: AccessTokenSource + ?Sized> AccessTokenSource for Arc<T> {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        (**self).token(refused).await
    }
}

/// A token and how long it may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenGrant {
    /// For the calls.
    pub token: AccessToken,
    /// How long it still works.
    pub expires_in: Duration,
    /// After which time the source wants to be asked again although the token still works, because it may have another
    /// one by then. `None`: not before the token nears its end.
    pub look_again: Option<Duration>,
}

impl TokenGrant {
    /// A token that works that long.
    pub fn new(token: impl Into<AccessToken>, expires_in: Duration) -> Self {
        Self { token: token.into(), expires_in, look_again: None }
    }

    /// Lets the client ask again after this time, in the background, at least 30 s later.
    pub fn look_again_after(mut self, pause: Duration) -> Self {
        self.look_again = Some(pause);
        self
    }
}

impl From<TokenResponse> for TokenGrant {
    fn from(response: TokenResponse) -> Self {
        Self::new(response.access_token, Duration::from_secs(response.expires_in.into()))
    }
}
