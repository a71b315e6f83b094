mod answers;
mod authorizer;
mod memory_store;
mod own_token;
mod redeemed;
mod store;

pub use authorizer::AuthorizerToken;
pub use memory_store::MemoryComponentStore;
pub(crate) use own_token::OwnToken;
pub use store::ComponentStore;

use super::{Tokens, source::AccessTokenSource};
use crate::{Error, call::Call, exchange::Exchange};
use answers::{PreAuthCodeAnswer, QueryAuthAnswer};
use redeemed::{RedeemedToken, RedeemedTokens};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::{fmt, sync::Arc, time::Duration};
use wx_model::{AccessToken, AppId, AuthorizationCode, Notice, PreAuthCode, VerifyTicket};

/// A third-party platform (第三方平台, protocol §1.7): it acts for accounts whose owners let it, without knowing their
/// AppSecret.
///
/// Made by [`ClientBuilder::component`](crate::ClientBuilder::component). It needs what the platform pushes to its
/// authorisation event URL: give every [`Notice`] to [`take`](Self::take). What cannot be had again (the newest
/// component_verify_ticket, the refresh token of each account) is kept in a [`ComponentStore`]; a refresh token is
/// written there before anything is done with the tokens it came with. Clones share everything.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// use wx_client::{Client, MemoryComponentStore};
/// use wx_transport::{Answer, MockTransport};
///
/// let platform = MockTransport::new();
/// let component = Client::builder("wx9cExampleComp0001", "00112233445566778899aabbccddeeff")
///     .transport(platform.clone())
///     .component(MemoryComponentStore::new())?;
///
/// // The notices `component_verify_ticket` and `authorized` do the same through `take`.
/// component.put_verify_ticket(&"ticket@@@EXAMPLE".into(), 1_767_225_600).await?;
/// platform.answer(Answer::json(r#"{"component_access_token":"61_c","expires_in":7200}"#));
/// platform.answer(Answer::json(r#"{"authorization_info":{"authorizer_appid":"wx7a3f00c1d2e3b4a5",
///     "authorizer_access_token":"61_a","expires_in":7200,"authorizer_refresh_token":"refreshtoken@@@1"}}"#));
/// let account = component.redeem(&"queryauthcode@@@EXAMPLE".into()).await?;
///
/// let client = Client::with_token_source(account.clone(), component.authorizer(account))
///     .transport(platform.clone())
///     .build()?;
/// platform.answer(Answer::json(r#"{"tags":[]}"#));
/// client.get_json::<serde_json::Value>("/cgi-bin/tags/get", &[]).await?;
/// assert_eq!(platform.requests()[2].line(), "GET /cgi-bin/tags/get?access_token=61_a");
/// # Ok::<(), wx_client::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Component(Arc<Shared>);

struct Shared {
    app_id: AppId,
    exchange: Exchange,
    store: Arc<dyn ComponentStore>,
    /// Of component_access_tokens.
    tokens: Arc<Tokens>,
    redeemed: RedeemedTokens,
}

impl Component {
    pub(crate) fn new(
        app_id: AppId,
        exchange: Exchange,
        store: Arc<dyn ComponentStore>,
        tokens: Arc<Tokens>,
    ) -> Self {
        Self(Arc::new(Shared { app_id, exchange, store, tokens, redeemed: RedeemedTokens::default() }))
    }

    /// The third-party platform's own AppID.
    pub fn app_id(&self) -> &AppId {
        &self.0.app_id
    }

    /// Does what a notice asks for: keeps a component_verify_ticket, redeems the code of an account that lets the
    /// platform act for it, forgets an account that lets it no longer. `created` is the `CreateTime` of the push. Every
    /// other notice, and one of another third-party platform, does nothing.
    ///
    /// Answer the push with `success` when this has succeeded. The code of an account works once, so a repeated delivery
    /// may be refused although the account is known.
    ///
    /// # Errors
    ///
    /// When the store fails, or the platform refuses the code.
    pub async fn take(&self, notice: &Notice, created: i64) -> Result<(), Error> {
        match notice {
            Notice::ComponentVerifyTicket(notice) if self.is_ours(notice.component_app_id.as_ref()) => {
                match &notice.ticket {
                    Some(ticket) => self.put_verify_ticket(ticket, created).await,
                    None => Ok(()),
                }
            }
            Notice::Authorized(notice) | Notice::UpdateAuthorized(notice)
                if self.is_ours(notice.component_app_id.as_ref()) =>
            {
                match &notice.authorization_code {
                    Some(code) => self.redeem(code).await.map(drop),
                    None => Ok(()),
                }
            }
            Notice::Unauthorized(notice) if self.is_ours(notice.component_app_id.as_ref()) => {
                match &notice.authorizer_app_id {
                    Some(account) => self.forget(account).await,
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Keeps the ticket that the platform pushes every 10 minutes, unless one that was created later is there. It works
    /// for 12 hours; without one there is no token.
    pub async fn put_verify_ticket(&self, ticket: &VerifyTicket, created: i64) -> Result<(), Error> {
        self.0.store.put_verify_ticket(&self.0.app_id, ticket, created).await.map_err(store::failed)
    }

    /// Exchanges the authorization code (授权码) that an account's owner has given, and keeps the refresh token. Gives the
    /// AppID of the account. The access token that comes with it is kept in this process: what
    /// [`authorizer`](Self::authorizer) makes begins with it and asks for none.
    pub async fn redeem(&self, code: &AuthorizationCode) -> Result<AppId, Error> {
        let body = json!({ "component_appid": self.0.app_id, "authorization_code": code.expose() });
        let answer: QueryAuthAnswer =
            self.call("/cgi-bin/component/api_query_auth", &body, code.expose()).await?;
        let given = answer.authorization_info;
        let (app_id, refresh) = (given.authorizer_appid, given.authorizer_refresh_token);
        let put = self.0.store.put_refresh_token(&self.0.app_id, &app_id, &refresh, None).await;
        put.map_err(store::failed)?;
        let life = given.expires_in.and_then(|seconds| seconds.as_u64()).map(Duration::from_secs);
        if let Some((token, life)) = given.authorizer_access_token.zip(life) {
            let since = self.0.tokens.clock.now();
            self.0.redeemed.keep(&app_id, RedeemedToken { token, refresh, life, since });
        }
        Ok(app_id)
    }

    /// A code that an authorisation page begins with (预授权码), and how long it works.
    pub async fn pre_auth_code(&self) -> Result<(PreAuthCode, Duration), Error> {
        let body = json!({ "component_appid": self.0.app_id });
        let answer: PreAuthCodeAnswer =
            self.call("/cgi-bin/component/api_create_preauthcode", &body, "").await?;
        Ok((answer.pre_auth_code, Duration::from_secs(answer.expires_in.into())))
    }

    /// The token of an account that lets this platform act for it: for
    /// [`Client::with_token_source`](crate::Client::with_token_source).
    pub fn authorizer(&self, app_id: impl Into<AppId>) -> AuthorizerToken {
        AuthorizerToken::new(self.clone(), app_id.into())
    }

    /// Removes the refresh token of an account. If its owner has not withdrawn, they must authorise anew.
    pub async fn forget(&self, account: &AppId) -> Result<(), Error> {
        self.0.store.forget(&self.0.app_id, account).await.map_err(store::failed)
    }

    /// The component_access_token, fetched or renewed if needed.
    ///
    /// # Errors
    ///
    /// Also when no component_verify_ticket has arrived yet.
    pub async fn access_token(&self) -> Result<AccessToken, Error> {
        self.0.tokens.current().await
    }

    /// With the component_access_token; repeated once if that is refused.
    async fn call<R: DeserializeOwned>(
        &self,
        path: &str,
        body: &serde_json::Value,
        secret: &str,
    ) -> Result<R, Error> {
        let token = self.0.tokens.current().await?;
        let refusal = match self.once(path, body, secret, &token).await {
            Err(error) if is_token_refusal(&error) => error,
            outcome => return outcome,
        };
        match self.0.tokens.instead_of(&token).await? {
            Some(token) => self.once(path, body, secret, &token).await,
            None => Err(refusal),
        }
    }

    async fn once<R: DeserializeOwned>(
        &self,
        path: &str,
        body: &serde_json::Value,
        secret: &str,
        token: &AccessToken,
    ) -> Result<R, Error> {
        let query = [("component_access_token", token.expose())];
        let call = Call::post(path, body)?.with_query(&query);
        self.0.exchange.credential(&call, &[token.expose(), secret]).await
    }

    fn is_ours(&self, named: Option<&AppId>) -> bool {
        named.is_none_or(|named| *named == self.0.app_id)
    }
}

/// Of the component_access_token.
fn is_token_refusal(error: &Error) -> bool {
    error.errcode().is_some_and(|code| code.is_token_rejected() || matches!(code.get(), 42006 | 40094))
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Component").field("app_id", &self.0.app_id).finish_non_exhaustive()
    }
}

const _: () = {
    const fn is_a_source<T: AccessTokenSource>() {}
    is_a_source::<AuthorizerToken>();
};
