use super::{Component, Shared, answers::AuthorizerTokenAnswer, store};
use crate::{
    Error,
    token::{platform::check_length, source::AccessTokenSource, source::TokenGrant},
};
use async_trait::async_trait;
use serde_json::json;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use wx_model::{AccessToken, AppId, AuthorizerRefreshToken};

const PATH: &str = "/cgi-bin/component/api_authorizer_token";

/// The token of an account that lets a third-party platform act for it (authorizer_access_token, protocol §1.7), made by
/// [`Component::authorizer`]. The one that came with the code of the account ([`Component::redeem`]) is the first, as long
/// as it works.
///
/// With several processes put a [`SharedToken`](crate::SharedToken) before it
/// ([`ClientBuilder::token_store`](crate::ClientBuilder::token_store)). If the platform gives another refresh token, that
/// one is in the store before the access token is used; if the store fails, it is kept here and written at the next
/// attempt, before anything else is asked.
#[derive(Debug)]
pub struct AuthorizerToken {
    component: Component,
    app_id: AppId,
    unwritten: Mutex<Option<Change>>,
}

/// A refresh token and the one whose place it takes.
#[derive(Debug, Clone)]
struct Change {
    before: AuthorizerRefreshToken,
    after: AuthorizerRefreshToken,
}

impl AuthorizerToken {
    pub(super) fn new(component: Component, app_id: AppId) -> Self {
        Self { component, app_id, unwritten: Mutex::default() }
    }

    async fn ask(&self, refresh: &AuthorizerRefreshToken) -> Result<AuthorizerTokenAnswer, Error> {
        let body = json!({
            "component_appid": self.component.app_id(),
            "authorizer_appid": self.app_id,
            "authorizer_refresh_token": refresh.expose(),
        });
        self.component.call(PATH, &body, refresh.expose()).await
    }

    /// What an earlier attempt could not write comes first.
    async fn refresh_token(&self) -> Result<AuthorizerRefreshToken, Error> {
        let unwritten = self.unwritten().clone();
        if let Some(change) = unwritten {
            self.write(change).await?;
        }
        let stored = self.component.0.store.refresh_token(self.component.app_id(), &self.app_id).await;
        stored.map_err(store::failed)?.ok_or_else(|| not_authorized(&self.app_id))
    }

    /// Leaves what another process, or a new authorisation, has written meanwhile.
    async fn write(&self, change: Change) -> Result<(), Error> {
        *self.unwritten() = Some(change.clone());
        let store = &self.component.0.store;
        let (component, before) = (self.component.app_id(), Some(&change.before));
        let written = store.put_refresh_token(component, &self.app_id, &change.after, before).await;
        if !written.map_err(store::failed)? {
            tracing::warn!(app_id = self.app_id.as_str(), "the refresh token was replaced meanwhile");
        }
        *self.unwritten() = None;
        Ok(())
    }

    fn unwritten(&self) -> std::sync::MutexGuard<'_, Option<Change>> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl AccessTokenSource for AuthorizerToken {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        let before = self.refresh_token().await?;
        let Shared { redeemed, tokens, .. } = &*self.component.0;
        if let Some(grant) = redeemed.get(&self.app_id, &before, refused, tokens.clock.now()) {
            return Ok(grant);
        }
        let given = self.ask(&before).await?;
        redeemed.forget(&self.app_id);
        if let Some(after) = given.authorizer_refresh_token
            && !after.expose().is_empty()
            && after != before
        {
            self.write(Change { before, after }).await?;
        }
        check_length(PATH, &given.authorizer_access_token)?;
        Ok(TokenGrant::new(given.authorizer_access_token, Duration::from_secs(given.expires_in.into())))
    }
}

fn not_authorized(app_id: &AppId) -> Error {
    Error::no_token_without_help(format!(
        "there is no refresh token of {app_id}; its owner must authorise this third-party platform (anew)"
    ))
}
