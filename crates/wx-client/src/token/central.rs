use super::{
    platform::check_length,
    source::{AccessTokenSource, TokenGrant},
};
use crate::{BaseUrl, Error, answer, redactor::Redactor};
use async_trait::async_trait;
use bytes::Bytes;
use http::{
    HeaderValue, Request, Response,
    header::{ACCEPT, AUTHORIZATION},
};
use sha2::{Digest, Sha256};
use std::{fmt, fmt::Write as _, sync::Arc, time::Duration};
use wx_model::{AccessToken, AppId, TokenResponse};
use wx_transport::Transport;

/// After so long the service is asked again: it may have another token by then (protocol §1.4).
const LOOK_AGAIN: Duration = Duration::from_mins(1);

/// A token that one service fetches for all (中控服务器, protocol §1.4). Programs that use it know no AppSecret.
///
/// It is asked with `GET URL?appid=APPID`, and with the header `Authorization: Bearer SECRET` if one is set. It answers as
/// the platform's own token call does: `{"access_token":"…","expires_in":7200}` with the seconds that are left, or
/// `{"errcode":…,"errmsg":"…"}`. When the platform has refused a token, `&refused=HEX` is added, the SHA-256 of that token
/// in lower-case hex: a service that still holds this very token renews it first. A service that does not know this may
/// leave it alone; then the refused token is given again, and the call fails.
///
/// [`TokenService`](crate::TokenService) is the other side.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// use wx_client::{CentralToken, Client};
/// use wx_transport::{Answer, MockTransport};
///
/// let service = MockTransport::new();
/// service.answer(Answer::json(r#"{"access_token":"76_abc","expires_in":5400}"#));
/// let url = "https://tokens.example.com/wechat/token".parse()?;
/// let source = CentralToken::new("wx7a3f00c1d2e3b4a5", url, service.clone()).bearer("key of this program");
/// # #[cfg(any(feature = "reqwest", feature = "hyper"))] {
/// let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", source).build()?;
///
/// assert_eq!(client.access_token().await?.expose(), "76_abc");
/// assert_eq!(service.requests()[0].line(), "GET /wechat/token?appid=wx7a3f00c1d2e3b4a5");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct CentralToken {
    app_id: AppId,
    url: BaseUrl,
    transport: Arc<dyn Transport>,
    bearer: Option<String>,
}

impl CentralToken {
    /// The token of this account from the service at this address.
    pub fn new(app_id: impl Into<AppId>, url: BaseUrl, transport: impl Transport + 'static) -> Self {
        Self { app_id: app_id.into(), url, transport: Arc::new(transport), bearer: None }
    }

    /// What the service knows this program by. Send it over https only, except within one machine.
    pub fn bearer(mut self, secret: impl Into<String>) -> Self {
        self.bearer = Some(secret.into());
        self
    }

    fn request(&self, refused: Option<&AccessToken>) -> Result<Request<Bytes>, Error> {
        let digest = refused.map(digest);
        let refused = digest.as_deref().map(|digest| ("refused", digest));
        let query: Vec<_> = [("appid", self.app_id.as_str())].into_iter().chain(refused).collect();
        let mut request = Request::get(self.url.url("", &query))
            .header(ACCEPT, "application/json")
            .body(Bytes::new())
            .map_err(|_| Error::no_token_without_help("the address of the token service is too long"))?;
        if let Some(secret) = &self.bearer {
            let value = HeaderValue::from_str(&format!("Bearer {secret}"));
            let mut value = value.map_err(|_| {
                Error::no_token_without_help("the secret for the token service holds more than visible ASCII")
            })?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        Ok(request)
    }

    fn read(&self, answer: &Response<Bytes>) -> Result<TokenGrant, Error> {
        let secrets = [self.bearer.as_deref().unwrap_or_default()];
        let redactor = Redactor { secrets: &secrets, hides_bodies: true };
        let given: TokenResponse = answer::json(PATH, answer, redactor)?;
        check_length(PATH, &given.access_token)?;
        Ok(TokenGrant::from(given).look_again_after(LOOK_AGAIN))
    }
}

/// Stands in errors; the address is the user's own.
const PATH: &str = "the token service";

#[async_trait]
impl AccessTokenSource for CentralToken {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        let answer = self.transport.send(self.request(refused)?).await;
        let answer = answer.map_err(|error| Error::transport(PATH, error).while_asking_for_token())?;
        self.read(&answer).map_err(Error::while_asking_for_token)
    }
}

/// How a token is named to those who may know it, without telling it: SHA-256 in lower-case hex.
pub(super) fn digest(token: &AccessToken) -> String {
    Sha256::digest(token.expose()).iter().fold(String::new(), |mut hex, byte| {
        // A text takes everything.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl fmt::Debug for CentralToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CentralToken")
            .field("app_id", &self.app_id)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
