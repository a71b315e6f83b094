use super::SqliteTokenStore;
use crate::sql;
use async_trait::async_trait;
use rusqlite::{OptionalExtension, Row, params};
use wx_client::{ComponentStore, TokenStoreError};
use wx_model::{AppId, AuthorizerRefreshToken, VerifyTicket};

#[async_trait]
impl ComponentStore for SqliteTokenStore {
    async fn verify_ticket(&self, component: &AppId) -> Result<Option<VerifyTicket>, TokenStoreError> {
        let component = component.as_str().to_owned();
        let reading = self.connection.run(move |connection| {
            connection.prepare_cached(sql::VERIFY_TICKET)?.query_row([component], text).optional()
        });
        Ok(reading.await?.map(VerifyTicket::new))
    }

    async fn put_verify_ticket(
        &self,
        component: &AppId,
        ticket: &VerifyTicket,
        created: i64,
    ) -> Result<(), TokenStoreError> {
        let (component, ticket) = (component.as_str().to_owned(), ticket.expose().to_owned());
        let writing = self.connection.run(move |connection| {
            connection.prepare_cached(sql::PUT_VERIFY_TICKET)?.execute(params![component, ticket, created])
        });
        writing.await.map(drop)
    }

    async fn refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
    ) -> Result<Option<AuthorizerRefreshToken>, TokenStoreError> {
        let key = [component, account].map(|id| id.as_str().to_owned());
        let reading = self.connection.run(move |connection| {
            connection.prepare_cached(sql::REFRESH_TOKEN)?.query_row(key, text).optional()
        });
        Ok(reading.await?.map(AuthorizerRefreshToken::new))
    }

    async fn put_refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
        token: &AuthorizerRefreshToken,
        before: Option<&AuthorizerRefreshToken>,
    ) -> Result<bool, TokenStoreError> {
        let [component, account] = [component, account].map(|id| id.as_str().to_owned());
        let (token, before) = (token.expose().to_owned(), before.map(|token| token.expose().to_owned()));
        let writing = self.connection.run(move |connection| match before {
            None => connection.prepare_cached(sql::PUT_REFRESH_TOKEN)?.execute([component, account, token]),
            Some(before) => {
                let values = [component, account, token, before];
                connection.prepare_cached(sql::REPLACE_REFRESH_TOKEN)?.execute(values)
            }
        });
        Ok(writing.await? == 1)
    }

    async fn forget(&self, component: &AppId, account: &AppId) -> Result<(), TokenStoreError> {
        let key = [component, account].map(|id| id.as_str().to_owned());
        let forgetting = self
            .connection
            .run(move |connection| connection.prepare_cached(sql::FORGET_AUTHORIZER)?.execute(key));
        forgetting.await.map(drop)
    }

    async fn accounts(&self, component: &AppId) -> Result<Vec<AppId>, TokenStoreError> {
        let component = component.as_str().to_owned();
        let reading = self.connection.run(move |connection| {
            connection.prepare_cached(sql::AUTHORIZERS)?.query_map([component], text)?.collect()
        });
        let accounts: Vec<String> = reading.await?;
        Ok(accounts.into_iter().map(AppId::new).collect())
    }
}

fn text(row: &Row<'_>) -> rusqlite::Result<String> {
    row.get(0)
}
