use super::{
    forced::Forced,
    source::{AccessTokenSource, TokenGrant},
};
use crate::{
    Error,
    call::Call,
    clock::{Clock, Moment},
    exchange::Exchange,
};
use async_trait::async_trait;
use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use wx_model::{AccessToken, AppId, AppSecret, StableTokenRequest, TokenResponse};

/// The platform allows for 512 characters; a text beyond this is no token, and no address could hold it.
const LONGEST_TOKEN: usize = 1024;
/// Between two classic tokens, of which 2000 are given a day: each ends the one before.
const CLASSIC_PAUSE: Duration = Duration::from_mins(1);

/// Which of the two token calls is used. Their tokens are independent of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `POST /cgi-bin/stable_token` (protocol §1.2).
    Stable,
    /// `GET /cgi-bin/token` (protocol §1.1).
    Classic,
}

/// The platform itself: the token of an account whose AppSecret is known here.
pub(crate) struct PlatformToken {
    exchange: Exchange,
    app_id: AppId,
    app_secret: AppSecret,
    kind: TokenKind,
    clock: Clock,
    history: Mutex<History>,
}

#[derive(Debug, Default)]
struct History {
    forced: Forced,
    /// The last classic token that took the place of a refused one, and when it was given.
    replacement: Option<(TokenGrant, Moment)>,
}

impl PlatformToken {
    pub(crate) fn new(
        exchange: Exchange,
        (app_id, app_secret): (AppId, AppSecret),
        kind: TokenKind,
        clock: Clock,
    ) -> Self {
        Self { exchange, app_id, app_secret, kind, clock, history: Mutex::default() }
    }

    /// Asks in the way that leaves the tokens of other processes alone, and by force only if that brings the refused
    /// token again.
    async fn stable(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        let given = self.ask_stable(false).await?;
        if refused != Some(&given.token) || !self.history().forced.may(&given.token, self.clock.now()) {
            return Ok(given);
        }
        match self.ask_stable(true).await {
            // The allowance of forced refreshes: others may be asked for all the same.
            Err(error) if error.is_quota() => {
                self.history().forced.use_up();
                Ok(given)
            }
            forced => forced,
        }
    }

    /// Every answer is a new token.
    async fn classic(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        if let Some(refused) = refused
            && let Some(same) = self.history().too_young(refused, self.clock.now())
        {
            return Ok(same);
        }
        let grant = self.ask_classic().await?;
        if refused.is_some() {
            self.history().replacement = Some((grant.clone(), self.clock.now()));
        }
        Ok(grant)
    }

    /// The present stable token, or, by force, a new one that ends the present one at once, also for other processes.
    async fn ask_stable(&self, force: bool) -> Result<TokenGrant, Error> {
        let body = StableTokenRequest::new(self.app_id.clone(), self.app_secret.clone()).force_refresh(force);
        self.send(&Call::post("/cgi-bin/stable_token", &body)?, force).await
    }

    async fn ask_classic(&self) -> Result<TokenGrant, Error> {
        let query = [
            ("grant_type", "client_credential"),
            ("appid", self.app_id.as_str()),
            ("secret", self.app_secret.expose()),
        ];
        self.send(&Call::get("/cgi-bin/token", &query)?, false).await
    }

    async fn send(&self, call: &Call<'_>, force: bool) -> Result<TokenGrant, Error> {
        let given: TokenResponse = self.exchange.credential(call, &[]).await?;
        check_length(call.path(), &given.access_token)?;
        tracing::debug!(path = call.path(), expires_in = given.expires_in, force, "got an access_token");
        Ok(given.into())
    }

    fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl History {
    /// The refused token once more, if it is itself a replacement that was given a moment ago.
    fn too_young(&self, refused: &AccessToken, now: Moment) -> Option<TokenGrant> {
        let (grant, given) = self.replacement.as_ref()?;
        let age = now.since(*given);
        let is_young = grant.token == *refused && age < CLASSIC_PAUSE;
        is_young.then(|| TokenGrant::new(grant.token.clone(), grant.expires_in.saturating_sub(age)))
    }
}

/// Whether an answer holds what can be a token.
pub(super) fn check_length(path: &str, token: &AccessToken) -> Result<(), Error> {
    if token.expose().is_empty() || token.expose().len() > LONGEST_TOKEN {
        return Err(Error::decode(path, "its access_token is empty or longer than any token")
            .while_asking_for_token());
    }
    Ok(())
}

#[async_trait]
impl AccessTokenSource for PlatformToken {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        match self.kind {
            TokenKind::Stable => self.stable(refused).await,
            TokenKind::Classic => self.classic(refused).await,
        }
    }
}

impl fmt::Debug for PlatformToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformToken")
            .field("app_id", &self.app_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
