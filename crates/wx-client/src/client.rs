mod builder;

pub use builder::ClientBuilder;

use crate::{
    BaseUrl, Call, Error, answer,
    call::Target,
    dispatcher::Dispatcher,
    exchange::Read,
    token::{AccessTokenSource, TokenGrant},
};
use builder::TokenOrigin;
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
    dispatcher: Dispatcher,
}

impl Client {
    /// A client for the platform itself, with a stable token (protocol §1.2). It sends over `reqwest`, or if only the
    /// feature `hyper` is on, over hyper's own client.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub fn new(app_id: impl Into<AppId>, app_secret: impl Into<AppSecret>) -> Self {
        Self::builder(app_id, app_secret).on_the_platform()
    }

    /// A client with another host, transport, kind of token or clock.
    pub fn builder(app_id: impl Into<AppId>, app_secret: impl Into<AppSecret>) -> ClientBuilder {
        ClientBuilder::new(app_id.into(), TokenOrigin::Platform(app_secret.into()))
    }

    /// A client that takes its token from elsewhere and knows no AppSecret.
    pub fn with_token_source(
        app_id: impl Into<AppId>,
        source: impl AccessTokenSource + 'static,
    ) -> ClientBuilder {
        ClientBuilder::new(app_id.into(), TokenOrigin::Source(Arc::new(source)))
    }

    /// The account.
    pub fn app_id(&self) -> &AppId {
        &self.0.app_id
    }

    /// Where calls go; without an own base address, the first of the platform's hosts.
    pub fn api_base(&self) -> &BaseUrl {
        self.0.dispatcher.exchange.hosts.first()
    }

    /// Where pictures come from.
    pub fn image_base(&self) -> &BaseUrl {
        &self.0.dispatcher.exchange.images
    }

    /// Makes this call, with the token, and reads its JSON answer.
    ///
    /// Where the answer is only `{"errcode":0,"errmsg":"ok"}`, read it as [`serde::de::IgnoredAny`].
    ///
    /// If the platform refuses the token (40001, 40014, 42001), the token is replaced and the call is sent once more:
    /// the platform did nothing on a refused call. After failures that may pass it is repeated as the
    /// [`RetryPolicy`](crate::RetryPolicy) and its [`Repeat`](crate::Repeat) allow. If its allowance is known to be used
    /// up, it is not sent at all ([`Error::is_held_back`]).
    ///
    /// # Errors
    ///
    /// [`Error`] tells whether the platform refused the call, whether it may have been done all the same, and whether
    /// to try again later.
    pub async fn call<R: DeserializeOwned>(&self, call: &Call<'_>) -> Result<R, Error> {
        self.dispatch(call, answer::json).await
    }

    /// Makes this call as [`call`](Self::call) does, and gives the file that is answered. What the bytes are is not
    /// checked.
    ///
    /// # Errors
    ///
    /// As with [`call`](Self::call): an answer that is JSON with an errcode is a refusal, not a file.
    pub async fn call_for_bytes(&self, call: &Call<'_>) -> Result<Bytes, Error> {
        self.dispatch(call, answer::bytes).await
    }

    /// Calls with POST, a JSON body and the token: [`Call::post`] and [`call`](Self::call) in one.
    ///
    /// This, [`get_json`](Self::get_json), [`get_bytes`](Self::get_bytes) and [`post_bytes`](Self::post_bytes) are also
    /// the way to calls that no crate models. The path starts with `/` and has no query, such as
    /// `/cgi-bin/tags/create`. It is repeated only if it surely was not done.
    ///
    /// # Errors
    ///
    /// As with [`call`](Self::call).
    pub async fn post_json<R: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Result<R, Error> {
        self.call(&Call::post(path, body)?).await
    }

    /// Calls with GET, these query pairs and the token: [`Call::get`] and [`call`](Self::call) in one. The values are
    /// percent-encoded here.
    ///
    /// # Errors
    ///
    /// As with [`call`](Self::call).
    pub async fn get_json<R: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<R, Error> {
        self.call(&Call::get(path, query)?).await
    }

    /// Calls with GET, these query pairs and the token, and gives the file that is answered, such as
    /// `/cgi-bin/media/get`.
    ///
    /// # Errors
    ///
    /// As with [`call_for_bytes`](Self::call_for_bytes).
    pub async fn get_bytes(&self, path: &str, query: &[(&str, &str)]) -> Result<Bytes, Error> {
        self.call_for_bytes(&Call::get(path, query)?).await
    }

    /// Calls with POST, a JSON body and the token, and gives the file that is answered.
    ///
    /// # Errors
    ///
    /// As with [`call_for_bytes`](Self::call_for_bytes).
    pub async fn post_bytes(&self, path: &str, body: &(impl Serialize + ?Sized)) -> Result<Bytes, Error> {
        self.call_for_bytes(&Call::post(path, body)?).await
    }

    /// Fetches a public picture from the [`image_base`](Self::image_base), without any token (protocol §3).
    ///
    /// # Errors
    ///
    /// Any status but 2xx is an error, and so is a JSON answer with an errcode. What the bytes are is not checked.
    pub async fn get_image(&self, path: &str, query: &[(&str, &str)]) -> Result<Bytes, Error> {
        self.call_for_bytes(&Call::get(path, query)?.to(Target::Images)).await
    }

    /// Lets all calls through again that are held back because their allowance was used up, also those that were for
    /// ever (45029): for an operator who knows better, as after clearing the counters in the console. Clearing them with
    /// [`quotas`](Self::quotas) does so for what it clears.
    pub fn lift_quota_guard(&self) {
        self.0.dispatcher.guard.open_all();
    }

    /// The token that calls use now, fetched or renewed if needed. For programs that share it; the methods above add
    /// it by themselves.
    ///
    /// # Errors
    ///
    /// [`Error`] if there is no token and none can be had.
    pub async fn access_token(&self) -> Result<AccessToken, Error> {
        self.0.dispatcher.tokens.current().await
    }

    /// The same with what is left of its life.
    ///
    /// # Errors
    ///
    /// As with [`access_token`](Self::access_token).
    pub async fn access_token_grant(&self) -> Result<TokenGrant, Error> {
        self.0.dispatcher.tokens.grant().await
    }

    /// Another token than the one that the platform has refused somewhere else, or `None` if there is none to be had
    /// now. The methods above do so by themselves, and the same limits hold: a token is replaced only if it is still
    /// the present one, however many ask, and by force only if the platform gives it once more.
    ///
    /// # Errors
    ///
    /// As with [`access_token`](Self::access_token).
    pub async fn access_token_instead_of(&self, refused: &AccessToken) -> Result<Option<AccessToken>, Error> {
        self.0.dispatcher.tokens.instead_of(refused).await
    }

    pub(crate) async fn dispatch<T>(&self, call: &Call<'_>, read: Read<T>) -> Result<T, Error> {
        self.0.dispatcher.call(call, read).instrument(span(call.path())).await
    }

    pub(crate) fn dispatcher(&self) -> &Dispatcher {
        &self.0.dispatcher
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("app_id", &self.0.app_id)
            .field("api_base", self.api_base())
            .field("image_base", self.image_base())
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
