use super::{TokenKind, flight::Flight};
use crate::Error;
use std::{collections::VecDeque, time::Duration};
use wx_model::{AccessToken, TokenResponse};

/// With less left, calls wait for a new token.
const MARGIN: Duration = Duration::from_mins(1);
/// With less left, a new token is fetched while calls still use the old one. The platform makes a stable token's
/// successor about this long before its end (protocol §1.2).
const EARLY: Duration = Duration::from_mins(5);
/// Between two refreshes that nothing but time asks for: the platform may give the same ending token many times.
const REST: Duration = Duration::from_secs(30);
/// Between two replacements of a refused classic token: 1440 a day, of the 2000 that are allowed.
const CLASSIC_PAUSE: Duration = Duration::from_mins(1);
/// The platform allows 20 forced refreshes a day, 30 s apart; half of them are left to people and other processes.
const FORCED_A_DAY: usize = 10;
const DAY: Duration = Duration::from_hours(24);

/// What is known about the token, and the rules that follow from it. Pure: the time is an argument.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) flight: Option<Flight>,
    held: Option<Held>,
    last: Option<Attempt>,
    /// When refreshes were forced, within a day.
    forced: VecDeque<Duration>,
    /// Until then a refused token is not replaced again.
    paused_until: Duration,
}

#[derive(Debug)]
struct Held {
    token: AccessToken,
    ends: Duration,
}

/// The last refresh that came to an end.
#[derive(Debug)]
struct Attempt {
    at: Duration,
    failure: Option<Error>,
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
    pub(super) fn decide(&self, now: Duration) -> Decision {
        let rested = self.last.as_ref().is_none_or(|last| now.saturating_sub(last.at) >= REST);
        let failure = self.last.as_ref().and_then(|last| last.failure.as_ref());
        if let Some(held) = &self.held {
            let left = held.ends.saturating_sub(now);
            // A token that came a moment ago is the best there is, however little life the platform gave it.
            let is_best = !rested && (failure.is_none() || left > Duration::ZERO);
            if left >= EARLY || is_best {
                return Decision::Use(held.token.clone());
            }
            if left >= MARGIN {
                return Decision::UseAndRenew(held.token.clone());
            }
        }
        match failure {
            Some(error) if !rested && error.is_lasting() => Decision::Refuse(error.clone()),
            _ => Decision::Wait,
        }
    }

    /// A refusal counts only against the token it was given for: another call may have replaced it already.
    pub(super) fn decide_refused(&self, refused: &AccessToken, now: Duration) -> Replacement {
        match &self.held {
            Some(held) if held.token != *refused => return Replacement::Held(held.token.clone()),
            _ if now < self.paused_until => return Replacement::None,
            _ => {}
        }
        match &self.last {
            Some(Attempt { at, failure: Some(error) })
                if now.saturating_sub(*at) < REST && error.is_lasting() =>
            {
                Replacement::Refuse(error.clone())
            }
            _ => Replacement::Ask,
        }
    }

    pub(super) fn hold(&mut self, given: TokenResponse, now: Duration) -> AccessToken {
        let ends = now.saturating_add(Duration::from_secs(given.expires_in.into()));
        self.last = Some(Attempt { at: now, failure: None });
        self.held = Some(Held { token: given.access_token.clone(), ends });
        given.access_token
    }

    /// What those who wait get after a refresh failed: a token that still lives, unless it is the refused one.
    pub(super) fn fail(
        &mut self,
        error: Error,
        refused: Option<&AccessToken>,
        now: Duration,
    ) -> Result<AccessToken, Error> {
        tracing::warn!(%error, "no new access_token");
        self.last = Some(Attempt { at: now, failure: Some(error.clone()) });
        match &self.held {
            Some(held) if held.ends > now && refused != Some(&held.token) => Ok(held.token.clone()),
            _ => Err(error),
        }
    }

    /// Whether a refresh may be forced now; if so, it is counted.
    pub(super) fn may_force(&mut self, now: Duration) -> bool {
        self.forced.retain(|at| now.saturating_sub(*at) < DAY);
        let rested = self.forced.back().is_none_or(|at| now.saturating_sub(*at) >= REST);
        let may = rested && self.forced.len() < FORCED_A_DAY;
        if may {
            self.forced.push_back(now);
        }
        may
    }

    pub(super) fn pause_replacing(&mut self, kind: TokenKind, now: Duration) {
        let pause = if kind == TokenKind::Classic { CLASSIC_PAUSE } else { REST };
        self.paused_until = now.saturating_add(pause);
    }
}
