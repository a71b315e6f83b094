mod builder;

pub use builder::ClientBuilder;

use crate::{
    BaseUrl, Error, answer,
    call::Call,
    exchange::{Exchange, Read},
    token::Tokens,
};
use bytes::Bytes;
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt, sync::Arc};
use tracing::{Instrument, Span};
use wx_model::{AccessToken, AppId, AppSecret};

/// Calls to the API of one account, with its access_token (接口调用凭据) kept in order.
///
/// Clones are cheap and share everything, above all the token: make one client per account and process. It must be
/// used inside a tokio runtime.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    app_id: AppId,
    api_base: BaseUrl,
    image_base: BaseUrl,
    exchange: Exchange,
    tokens: Arc<Tokens>,
}

impl Client {
    /// A client for the platform itself over `reqwest`, with a stable token (protocol §1.2).
    #[cfg(feature = "reqwest")]
    pub fn new(app_id: impl Into<AppId>, app_secret: impl Into<AppSecret>) -> Self {
        Self::builder(app_id, app_secret).finish(
            BaseUrl::official_api(),
            BaseUrl::official_images(),
            Arc::new(wx_transport::ReqwestTransport::new()),
        )
    }

    /// A client with another host, transport, kind of token or clock.
    pub fn builder(app_id: impl Into<AppId>, app_secret: impl Into<AppSecret>) -> ClientBuilder {
        ClientBuilder::new(app_id.into(), app_secret.into())
    }

    /// The account.
    pub fn app_id(&self) -> &AppId {
        &self.0.app_id
    }

    /// Where calls go.
    pub fn api_base(&self) -> &BaseUrl {
        &self.0.api_base
    }

    /// Where pictures come from.
    pub fn image_base(&self) -> &BaseUrl {
        &self.0.image_base
    }

    /// Calls with POST, a JSON body and the token.
    ///
    /// This, [`get_json`](Self::get_json), [`get_bytes`](Self::get_bytes) and [`post_bytes`](Self::post_bytes) are also
    /// the way to calls that no crate models. The path starts with `/` and has no query, such as
    /// `/cgi-bin/tags/create`. Where the answer is only `{"errcode":0,"errmsg":"ok"}`, read it as
    /// [`serde::de::IgnoredAny`].
    ///
    /// If the platform refuses the token (40001, 40014, 42001), the token is replaced and the call is repeated
    /// exactly once; the platform did nothing on a refused call. Nothing else is ever repeated.
    ///
    /// # Errors
    ///
    /// [`Error`] tells whether the platform refused the call, whether it may have been done all the same, and whether
    /// to try again later.
    pub async fn post_json<R: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Result<R, Error> {
        self.call(&Call::post(path, body)?, answer::json).instrument(span(path)).await
    }

    /// Calls with GET, these query pairs and the token; otherwise as [`post_json`](Self::post_json). The values are
    /// percent-encoded here.
    ///
    /// # Errors
    ///
    /// As with [`post_json`](Self::post_json).
    pub async fn get_json<R: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<R, Error> {
        self.call(&Call::get(path, query)?, answer::json).instrument(span(path)).await
    }

    /// Calls with GET, these query pairs and the token, and gives the file that is answered, such as
    /// `/cgi-bin/media/get`; otherwise as [`get_json`](Self::get_json). What the bytes are is not checked.
    ///
    /// # Errors
    ///
    /// As with [`post_json`](Self::post_json): an answer that is JSON with an errcode is a refusal, not a file.
    pub async fn get_bytes(&self, path: &str, query: &[(&str, &str)]) -> Result<Bytes, Error> {
        self.call(&Call::get(path, query)?, answer::bytes).instrument(span(path)).await
    }

    /// Calls with POST, a JSON body and the token, and gives the file that is answered; otherwise as
    /// [`get_bytes`](Self::get_bytes).
    ///
    /// # Errors
    ///
    /// As with [`get_bytes`](Self::get_bytes).
    pub async fn post_bytes(&self, path: &str, body: &(impl Serialize + ?Sized)) -> Result<Bytes, Error> {
        self.call(&Call::post(path, body)?, answer::bytes).instrument(span(path)).await
    }

    /// Fetches a public picture from the [`image_base`](Self::image_base), without any token (protocol §3).
    ///
    /// # Errors
    ///
    /// Any status but 2xx is an error, and so is a JSON answer with an errcode. What the bytes are is not checked.
    pub async fn get_image(&self, path: &str, query: &[(&str, &str)]) -> Result<Bytes, Error> {
        let call = Call::get(path, query)?;
        self.0.exchange.public_bytes(&self.0.image_base, &call).instrument(span(path)).await
    }

    /// The token that calls use now, fetched or renewed if needed. For programs that share it; the methods above add
    /// it by themselves.
    ///
    /// # Errors
    ///
    /// [`Error`] if there is no token and none can be had.
    pub async fn access_token(&self) -> Result<AccessToken, Error> {
        self.0.tokens.current().await
    }

    async fn call<T>(&self, call: &Call<'_>, read: Read<T>) -> Result<T, Error> {
        let token = self.0.tokens.current().await?;
        let refusal = match self.once(call, &token, read).await {
            Err(error) if error.is_token_rejected() => error,
            outcome => return outcome,
        };
        tracing::debug!(path = call.path(), %refusal, "the access_token was refused");
        match self.0.tokens.instead_of(&token).await? {
            Some(token) => self.once(call, &token, read).await,
            None => Err(refusal),
        }
    }

    async fn once<T>(&self, call: &Call<'_>, token: &AccessToken, read: Read<T>) -> Result<T, Error> {
        self.0.exchange.authenticated(&self.0.api_base, call, token, read).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("app_id", &self.0.app_id)
            .field("api_base", &self.0.api_base)
            .field("image_base", &self.0.image_base)
            .finish_non_exhaustive()
    }
}

/// The path is all that may be told: the query holds the token.
fn span(path: &str) -> Span {
    tracing::debug_span!("wx_call", path)
}

const _: () = {
    const fn is_shared_between_threads<T: Clone + Send + Sync + 'static>() {}
    is_shared_between_threads::<Client>();
};
