use crate::{BaseUrl, Error, call::Call, exchange::Exchange};
use std::fmt;
use wx_model::{AppId, StableTokenRequest, TokenResponse};

/// The platform allows for 512 characters; a text beyond this is no token, and no address could hold it.
const LONGEST_TOKEN: usize = 1024;

/// Which of the two token calls is used. Their tokens are independent of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `POST /cgi-bin/stable_token` (protocol §1.2).
    Stable,
    /// `GET /cgi-bin/token` (protocol §1.1).
    Classic,
}

/// Where tokens come from, and the credentials they are asked with.
pub(crate) struct TokenEndpoint {
    pub(crate) exchange: Exchange,
    pub(crate) base: BaseUrl,
    pub(crate) app_id: AppId,
    pub(crate) kind: TokenKind,
}

impl TokenEndpoint {
    pub(super) fn kind(&self) -> TokenKind {
        self.kind
    }

    /// Says whose token it is to those who run several accounts.
    pub(super) fn span(&self) -> tracing::Span {
        tracing::debug_span!("wx_token", app_id = self.app_id.as_str())
    }

    /// The present stable token, or, by force, a new one that ends the present one at once, also for other
    /// processes. A classic token is always new.
    pub(super) async fn ask(&self, force: bool) -> Result<TokenResponse, Error> {
        match self.kind {
            TokenKind::Stable => self.stable(force).await,
            TokenKind::Classic => self.classic().await,
        }
    }

    async fn stable(&self, force: bool) -> Result<TokenResponse, Error> {
        let body =
            StableTokenRequest::new(self.app_id.clone(), self.exchange.secret.clone()).force_refresh(force);
        self.send(&Call::post("/cgi-bin/stable_token", &body)?, force).await
    }

    async fn classic(&self) -> Result<TokenResponse, Error> {
        let query = [
            ("grant_type", "client_credential"),
            ("appid", self.app_id.as_str()),
            ("secret", self.exchange.secret.expose()),
        ];
        self.send(&Call::get("/cgi-bin/token", &query)?, false).await
    }

    async fn send(&self, call: &Call<'_>, force: bool) -> Result<TokenResponse, Error> {
        let given: TokenResponse = self.exchange.token(&self.base, call).await?;
        if given.access_token.expose().is_empty() || given.access_token.expose().len() > LONGEST_TOKEN {
            return Err(Error::decode(call.path(), "its access_token is empty or longer than any token")
                .while_asking_for_token());
        }
        tracing::debug!(path = call.path(), expires_in = given.expires_in, force, "got an access_token");
        Ok(given)
    }
}

impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenEndpoint")
            .field("app_id", &self.app_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
