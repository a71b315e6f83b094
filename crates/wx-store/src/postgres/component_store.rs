use super::{failure::Failure, sql, token_store::PostgresTokenStore};
use async_trait::async_trait;
use tokio_postgres::{Row, types::Type};
use wx_client::{ComponentStore, TokenStoreError};
use wx_model::{AppId, AuthorizerRefreshToken, VerifyTicket};

#[async_trait]
impl ComponentStore for PostgresTokenStore {
    async fn verify_ticket(&self, component: &AppId) -> Result<Option<VerifyTicket>, TokenStoreError> {
        let rows = self.rows(sql::VERIFY_TICKET, &[(&component.as_str(), Type::TEXT)]).await?;
        Ok(texts(&rows)?.pop().map(VerifyTicket::new))
    }

    async fn put_verify_ticket(
        &self,
        component: &AppId,
        ticket: &VerifyTicket,
        created: i64,
    ) -> Result<(), TokenStoreError> {
        let (component, ticket) = (component.as_str(), ticket.expose());
        let values: [_; 3] =
            [(&component as _, Type::TEXT), (&ticket as _, Type::TEXT), (&created as _, Type::INT8)];
        self.execute(sql::PUT_VERIFY_TICKET, &values).await.map(drop)
    }

    async fn refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
    ) -> Result<Option<AuthorizerRefreshToken>, TokenStoreError> {
        let values = [(&component.as_str() as _, Type::TEXT), (&account.as_str() as _, Type::TEXT)];
        let rows = self.rows(sql::REFRESH_TOKEN, &values).await?;
        Ok(texts(&rows)?.pop().map(AuthorizerRefreshToken::new))
    }

    async fn put_refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
        token: &AuthorizerRefreshToken,
        before: Option<&AuthorizerRefreshToken>,
    ) -> Result<bool, TokenStoreError> {
        let (component, account, token) = (component.as_str(), account.as_str(), token.expose());
        let before = before.map(AuthorizerRefreshToken::expose);
        let values = [
            (&component as _, Type::TEXT),
            (&account as _, Type::TEXT),
            (&token as _, Type::TEXT),
            (&before as _, Type::TEXT),
        ];
        let changed = match before {
            None => self.execute(sql::PUT_REFRESH_TOKEN, &values[..3]).await?,
            Some(_) => self.execute(sql::REPLACE_REFRESH_TOKEN, &values).await?,
        };
        Ok(changed == 1)
    }

    async fn forget(&self, component: &AppId, account: &AppId) -> Result<(), TokenStoreError> {
        let values = [(&component.as_str() as _, Type::TEXT), (&account.as_str() as _, Type::TEXT)];
        self.execute(sql::FORGET_AUTHORIZER, &values).await.map(drop)
    }

    async fn accounts(&self, component: &AppId) -> Result<Vec<AppId>, TokenStoreError> {
        let rows = self.rows(sql::AUTHORIZERS, &[(&component.as_str(), Type::TEXT)]).await?;
        Ok(texts(&rows)?.into_iter().map(AppId::new).collect())
    }
}

/// The first column of all.
fn texts(rows: &[Row]) -> Result<Vec<String>, Failure> {
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}
