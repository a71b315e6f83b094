use super::{
    budget::Budget,
    failure::Failure,
    flight::Flight,
    held::{Held, REST, Want},
    source::TokenGrant,
};
use crate::{Error, clock::Moment, random::Roll};
use wx_model::AccessToken;

/// What is known about the token, and the rules that follow from it. Pure: time and chance are arguments.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) flight: Option<Flight>,
    held: Option<Held>,
    /// The last refresh, if it failed.
    failure: Option<Failure>,
    budget: Budget,
    /// A refused token that was given once more, and when.
    irreplaceable: Option<(AccessToken, Moment)>,
}

/// What a call does about its token.
#[derive(Debug)]
pub(super) enum Decision {
    Use(AccessToken),
    UseAndRenew(AccessToken),
    Wait,
    Refuse(Error),
}

/// What a call does after its token was refused.
#[derive(Debug)]
pub(super) enum Replacement {
    Held(AccessToken),
    Ask,
    None,
    Refuse(Error),
}

impl State {
    pub(super) fn decide(&self, now: Moment) -> Decision {
        let want = self.held.as_ref().map_or(Want::Now, |held| held.want(now));
        match (&self.held, want) {
            (Some(held), Want::Nothing) => Decision::Use(held.token.clone()),
            (Some(held), _) if held.is_alive(now) && !self.may_ask(now, true) => {
                Decision::Use(held.token.clone())
            }
            (Some(held), Want::Soon) => Decision::UseAndRenew(held.token.clone()),
            _ if self.may_ask(now, false) => Decision::Wait,
            _ => Decision::Refuse(self.reason()),
        }
    }

    /// A refusal counts only against the token it was given for: another call may have replaced it already.
    pub(super) fn decide_refused(&self, refused: &AccessToken, now: Moment) -> Replacement {
        match &self.held {
            Some(held) if held.token != *refused => Replacement::Held(held.token.clone()),
            _ if self.is_irreplaceable(refused, now) || !self.budget.has_some(now) => Replacement::None,
            _ if self.may_ask(now, false) => Replacement::Ask,
            _ => Replacement::Refuse(self.reason()),
        }
    }

    /// To be called when a refresh begins.
    pub(super) fn spend(&mut self, now: Moment) {
        self.budget.spend(now);
    }

    /// What came of a refresh: a token for those who wait.
    pub(super) fn hold(
        &mut self,
        grant: TokenGrant,
        refused: Option<&AccessToken>,
        now: Moment,
        roll: Roll,
    ) -> AccessToken {
        let token = grant.token.clone();
        self.irreplaceable = refused.filter(|refused| **refused == token).map(|it| (it.clone(), now));
        self.failure = None;
        self.held = Some(Held::new(grant, self.held.as_ref().map(|held| &held.token), now, roll));
        token
    }

    /// What those who wait get after a refresh failed: a token that still lives, unless it is the refused one.
    pub(super) fn fail(
        &mut self,
        error: Error,
        refused: Option<&AccessToken>,
        now: Moment,
        roll: Roll,
    ) -> Result<AccessToken, Error> {
        tracing::warn!(%error, "no new access_token");
        self.failure = Some(Failure::new(error.clone(), self.failure.as_ref(), now, roll));
        match &self.held {
            Some(held) if held.is_alive(now) && refused != Some(&held.token) => Ok(held.token.clone()),
            _ => Err(error),
        }
    }

    /// The token in use with what is left of its life.
    pub(super) fn grant_of(&self, token: &AccessToken, now: Moment) -> TokenGrant {
        let held = self.held.as_ref().filter(|held| held.token == *token);
        TokenGrant::new(token.clone(), held.map(|held| held.left(now)).unwrap_or_default())
    }

    fn may_ask(&self, now: Moment, has_token: bool) -> bool {
        let rested = self.failure.as_ref().is_none_or(|failure| failure.is_over(now, has_token));
        rested && self.budget.has_some(now)
    }

    fn is_irreplaceable(&self, refused: &AccessToken, now: Moment) -> bool {
        let known = self.irreplaceable.as_ref();
        known.is_some_and(|(token, at)| token == refused && now.since(*at) < REST)
    }

    fn reason(&self) -> Error {
        self.failure.as_ref().map_or_else(Error::too_many_refreshes, |failure| failure.error.clone())
    }
}
