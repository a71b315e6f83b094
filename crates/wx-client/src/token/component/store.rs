use crate::{Error, token::store::TokenStoreError};
use async_trait::async_trait;
use std::{fmt::Debug, sync::Arc};
use wx_model::{AppId, AuthorizerRefreshToken, VerifyTicket};

/// What a third-party platform (第三方平台) must not lose, durably: the newest component_verify_ticket, and the refresh
/// token of each account that lets it act (protocol §1.7).
///
/// When a call has answered, its effect has been synced to the disk. There is [`MemoryComponentStore`]
/// (for tests) and, in `wx-store`, SQLite and PostgreSQL. `component` is the AppID of the third-party platform.
///
/// [`MemoryComponentStore`]: crate::MemoryComponentStore
#[async_trait]
pub trait ComponentStore: Send + Sync + Debug {
    /// The newest ticket.
    async fn verify_ticket(&self, component: &AppId) -> Result<Option<VerifyTicket>, TokenStoreError>;

    /// Keeps the ticket, created at this second since 1970, unless a later one is there.
    async fn put_verify_ticket(
        &self,
        component: &AppId,
        ticket: &VerifyTicket,
        created: i64,
    ) -> Result<(), TokenStoreError>;

    /// The refresh token of the account.
    async fn refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
    ) -> Result<Option<AuthorizerRefreshToken>, TokenStoreError>;

    /// Replaces the refresh token of the account if it is `before`; with `None`, whatever is there. Answers whether it
    /// did.
    async fn put_refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
        token: &AuthorizerRefreshToken,
        before: Option<&AuthorizerRefreshToken>,
    ) -> Result<bool, TokenStoreError>;

    /// Removes the refresh token of the account.
    async fn forget(&self, component: &AppId, account: &AppId) -> Result<(), TokenStoreError>;

    /// All accounts with a refresh token, by AppID.
    async fn accounts(&self, component: &AppId) -> Result<Vec<AppId>, TokenStoreError>;
}

#[async_trait]
impl<T: ComponentStore + ?Sized> ComponentStore for Arc<T> {
    async fn verify_ticket(&self, component: &AppId) -> Result<Option<VerifyTicket>, TokenStoreError> {
        (**self).verify_ticket(component).await
    }

    async fn put_verify_ticket(
        &self,
        component: &AppId,
        ticket: &VerifyTicket,
        created: i64,
    ) -> Result<(), TokenStoreError> {
        (**self).put_verify_ticket(component, ticket, created).await
    }

    async fn refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
    ) -> Result<Option<AuthorizerRefreshToken>, TokenStoreError> {
        (**self).refresh_token(component, account).await
    }

    async fn put_refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
        token: &AuthorizerRefreshToken,
        before: Option<&AuthorizerRefreshToken>,
    ) -> Result<bool, TokenStoreError> {
        (**self).put_refresh_token(component, account, token, before).await
    }

    async fn forget(&self, component: &AppId, account: &AppId) -> Result<(), TokenStoreError> {
        (**self).forget(component, account).await
    }

    async fn accounts(&self, component: &AppId) -> Result<Vec<AppId>, TokenStoreError> {
        (**self).accounts(component).await
    }
}

pub(super) fn failed(error: TokenStoreError) -> Error {
    Error::token_source(
        "the store of the third-party platform failed; see the cause, and that the store is up",
        error,
    )
}
