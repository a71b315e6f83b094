use super::central::digest;
use crate::{Client, Error};
use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Response, StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE},
};
use serde_json::{Value, json};
use std::fmt;
use subtle::ConstantTimeEq;

/// The side of a central token service (中控服务器, protocol §1.4) that answers: for any web framework, over any
/// [`Client`].
///
/// [`CentralToken`](crate::CentralToken) says what is asked and answered. Put it behind TLS, and allow only your own
/// programs to reach it: whoever gets a token can do everything the account can.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// use wx_client::{Client, FixedToken, TokenService};
/// # use wx_transport::MockTransport;
///
/// let client = Client::with_token_source("wx7a3f00c1d2e3b4a5", FixedToken::new("76_abc"))
/// #   .transport(MockTransport::new())
///     .build()?;
/// let service = TokenService::new(client, "key of the other programs");
///
/// let request = http::Request::get("/wechat/token?appid=wx7a3f00c1d2e3b4a5")
///     .header("authorization", "Bearer key of the other programs")
///     .body(())?;
/// let answer = service.answer(&request).await;
/// assert_eq!(answer.status(), 200);
/// assert!(answer.body().starts_with(br#"{"access_token":"76_abc","expires_in":"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TokenService {
    client: Client,
    bearer: String,
}

impl TokenService {
    /// Gives the token of this client to those who know the secret. A secret of less than 16 characters is guessed.
    pub fn new(client: Client, bearer: impl Into<String>) -> Self {
        Self { client, bearer: bearer.into() }
    }

    /// The answer to a request, whatever its path.
    ///
    /// 401 without the secret, 404 for another account, 405 for another method than GET. If there is no token: 503, with
    /// the return code of the platform if it gave one.
    pub async fn answer<B>(&self, request: &Request<B>) -> Response<Bytes> {
        if request.method() != Method::GET {
            return refusal(StatusCode::METHOD_NOT_ALLOWED, "ask with GET");
        }
        if !self.is_allowed(request.headers().get(AUTHORIZATION)) {
            return refusal(
                StatusCode::UNAUTHORIZED,
                "send `authorization: Bearer` with the secret of this service",
            );
        }
        let query = request.uri().query().unwrap_or_default();
        if parameter(query, "appid").is_some_and(|app_id| app_id != self.client.app_id().as_str()) {
            return refusal(StatusCode::NOT_FOUND, "this service has no token of that account");
        }
        match self.token(parameter(query, "refused")).await {
            Ok(body) => respond(StatusCode::OK, &body),
            Err(error) => failure(&error),
        }
    }

    async fn token(&self, refused: Option<&str>) -> Result<Value, Error> {
        let token = self.client.access_token().await?;
        if refused.is_some_and(|refused| refused == digest(&token)) {
            // Whether or not there is another one: what is held now is the answer.
            self.client.access_token_instead_of(&token).await?;
        }
        let grant = self.client.access_token_grant().await?;
        Ok(json!({ "access_token": grant.token.expose(), "expires_in": grant.expires_in.as_secs() }))
    }

    /// In a time that tells nothing about the secret.
    fn is_allowed(&self, header: Option<&HeaderValue>) -> bool {
        let given = header.and_then(|value| value.as_bytes().strip_prefix(b"Bearer ")).unwrap_or_default();
        !self.bearer.is_empty() && bool::from(given.ct_eq(self.bearer.as_bytes()))
    }
}

/// Values of these names need no decoding.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn failure(error: &Error) -> Response<Bytes> {
    let code = error.errcode().map_or(-1, wx_model::ErrCode::get);
    let body = json!({ "errcode": code, "errmsg": error.to_string() });
    respond(StatusCode::SERVICE_UNAVAILABLE, &body)
}

fn refusal(status: StatusCode, text: &str) -> Response<Bytes> {
    respond(status, &json!({ "error": text }))
}

fn respond(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl fmt::Debug for TokenService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenService").field("client", &self.client).finish_non_exhaustive()
    }
}
