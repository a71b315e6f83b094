use crate::{
    clock::Moment,
    token::{platform::check_length, source::TokenGrant},
};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use wx_model::{AccessToken, AppId, AuthorizerRefreshToken};

/// The access tokens that came with the codes of accounts, one for each, until another one is asked for.
#[derive(Debug, Default)]
pub(super) struct RedeemedTokens(Mutex<BTreeMap<AppId, RedeemedToken>>);

#[derive(Debug)]
pub(super) struct RedeemedToken {
    pub(super) token: AccessToken,
    /// What it came with.
    pub(super) refresh: AuthorizerRefreshToken,
    pub(super) life: Duration,
    pub(super) since: Moment,
}

/// With less left a client looks for another one; to be given the same again would be no help.
const TOO_LITTLE: Duration = Duration::from_mins(10);

impl RedeemedTokens {
    pub(super) fn keep(&self, account: &AppId, redeemed: RedeemedToken) {
        // What cannot be a token is left out: the refresh token gives another.
        if check_length("", &redeemed.token).is_ok() {
            self.tokens().insert(account.clone(), redeemed);
        }
    }

    /// The token, if it can be of use to whoever was refused with that one. A refresh token that somebody has replaced
    /// since says that there is a newer one.
    pub(super) fn get(
        &self,
        account: &AppId,
        refresh: &AuthorizerRefreshToken,
        refused: Option<&AccessToken>,
        now: Moment,
    ) -> Option<TokenGrant> {
        let tokens = self.tokens();
        let redeemed = tokens.get(account)?;
        let left = redeemed.life.saturating_sub(now.since(redeemed.since));
        let is_of_use = redeemed.refresh == *refresh && refused != Some(&redeemed.token) && left > TOO_LITTLE;
        is_of_use.then(|| TokenGrant::new(redeemed.token.clone(), left))
    }

    /// Another one was given.
    pub(super) fn forget(&self, account: &AppId) {
        self.tokens().remove(account);
    }

    fn tokens(&self) -> MutexGuard<'_, BTreeMap<AppId, RedeemedToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
