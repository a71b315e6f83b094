mod endpoint;
mod flight;
mod state;

pub(crate) use endpoint::{TokenEndpoint, TokenKind};

use crate::{Error, clock::Clock};
use flight::Flight;
use state::{Decision, Replacement, State};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::{runtime::Handle, sync::watch};
use tracing::Instrument;
use wx_model::{AccessToken, TokenResponse};

/// The one access_token of the account in this process: all calls take it from here, and one refresh at a time
/// renews it.
#[derive(Debug)]
pub(crate) struct Tokens {
    endpoint: TokenEndpoint,
    clock: Clock,
    state: Mutex<State>,
}

impl Tokens {
    pub(crate) fn new(endpoint: TokenEndpoint, clock: Clock) -> Arc<Self> {
        Arc::new(Self { endpoint, clock, state: Mutex::default() })
    }

    /// A token that should work now.
    pub(crate) async fn current(self: &Arc<Self>) -> Result<AccessToken, Error> {
        let flight = {
            let mut state = self.state();
            match state.decide(self.clock.now()) {
                Decision::Use(token) => return Ok(token),
                Decision::UseAndRenew(token) => {
                    // Whether or not that works, this call has a token.
                    self.join(&mut state, None).ok();
                    return Ok(token);
                }
                Decision::Refuse(error) => return Err(error),
                Decision::Wait => self.join(&mut state, None)?,
            }
        };
        flight.landed().await
    }

    /// Another token than the one that a call was refused with, or `None` if there is no better one to be had now.
    pub(crate) async fn instead_of(
        self: &Arc<Self>,
        refused: &AccessToken,
    ) -> Result<Option<AccessToken>, Error> {
        loop {
            let flight = {
                let mut state = self.state();
                match state.decide_refused(refused, self.clock.now()) {
                    Replacement::Held(token) => return Ok(Some(token)),
                    Replacement::None => return Ok(None),
                    Replacement::Refuse(error) => return Err(error),
                    Replacement::Ask => self.join(&mut state, Some(refused))?,
                }
            };
            let replaces = flight.replaces;
            let token = flight.landed().await?;
            if token != *refused {
                return Ok(Some(token));
            }
            if replaces {
                return Ok(None);
            }
            // An ordinary renewal was already under way and brought the refused token once more: ask for another.
        }
    }

    /// The refresh that is under way, or a new one. It runs in a task of its own: whoever waits may stop waiting.
    fn join(self: &Arc<Self>, state: &mut State, refused: Option<&AccessToken>) -> Result<Flight, Error> {
        if let Some(flight) = state.flight.as_ref().filter(|flight| flight.is_under_way()) {
            return Ok(flight.clone());
        }
        let runtime = Handle::try_current().map_err(|_| Error::no_runtime())?;
        let (sender, outcome) = watch::channel(None);
        let (tokens, wanted) = (Arc::clone(self), refused.cloned());
        let refresh = async move {
            let outcome = tokens.refresh(wanted.as_ref()).await;
            sender.send_replace(Some(outcome));
        };
        runtime.spawn(refresh.instrument(self.endpoint.span()));
        let flight = Flight { outcome, replaces: refused.is_some() };
        state.flight = Some(flight.clone());
        Ok(flight)
    }

    async fn refresh(&self, refused: Option<&AccessToken>) -> Result<AccessToken, Error> {
        let answer = match refused {
            None => self.endpoint.ask(false).await,
            Some(refused) => self.replace(refused).await,
        };
        let mut state = self.state();
        let now = self.clock.now();
        match answer {
            Ok(given) => Ok(state.hold(given, now)),
            Err(error) => state.fail(error, refused, now),
        }
    }

    /// Asks in the way that leaves the tokens of other processes alone, and by force only if that brings the refused
    /// token again.
    async fn replace(&self, refused: &AccessToken) -> Result<TokenResponse, Error> {
        let mut given = self.endpoint.ask(false).await?;
        if given.access_token == *refused && self.state().may_force(self.clock.now()) {
            given = self.endpoint.ask(true).await?;
        }
        // Every answer of the classic endpoint is a new token, and only 2000 a day are given.
        if self.endpoint.kind() == TokenKind::Classic || given.access_token == *refused {
            self.state().pause_replacing(self.endpoint.kind(), self.clock.now());
        }
        Ok(given)
    }

    /// Never held while anything is awaited.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
