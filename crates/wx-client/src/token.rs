mod budget;
mod central;
mod component;
mod failure;
mod fixed;
mod flight;
mod forced;
mod held;
mod memory_store;
mod platform;
mod service;
mod shared;
mod source;
mod state;
mod store;

pub use central::CentralToken;
pub(crate) use component::OwnToken;
pub use component::{AuthorizerToken, Component, ComponentStore, MemoryComponentStore};
pub use fixed::FixedToken;
pub use memory_store::MemoryTokenStore;
pub(crate) use platform::{PlatformToken, TokenKind};
pub use service::TokenService;
pub use shared::SharedToken;
pub use source::{AccessTokenSource, TokenGrant};
pub use store::{Lease, LeaseWish, NewToken, Setback, TokenRow, TokenStore, TokenStoreError};

use crate::{
    Error,
    clock::{Clock, Moment},
    random::Random,
};
use flight::Flight;
use state::{Decision, Replacement, State};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::{runtime::Handle, sync::watch};
use tracing::Instrument;
use wx_model::{AccessToken, AppId};

/// The one access_token of the account in this process: all calls take it from here, and one refresh at a time
/// renews it.
#[derive(Debug)]
pub(crate) struct Tokens {
    account: AppId,
    source: Arc<dyn AccessTokenSource>,
    clock: Clock,
    random: Random,
    state: Mutex<State>,
}

impl Tokens {
    pub(crate) fn new(
        account: AppId,
        source: Arc<dyn AccessTokenSource>,
        clock: Clock,
        random: Random,
    ) -> Arc<Self> {
        Arc::new(Self { account, source, clock, random, state: Mutex::default() })
    }

    /// A token that should work now.
    pub(crate) async fn current(self: &Arc<Self>) -> Result<AccessToken, Error> {
        let flight = {
            let mut state = self.state();
            let now = self.clock.now();
            match state.decide(now) {
                Decision::Use(token) => return Ok(token),
                Decision::UseAndRenew(token) => {
                    // Whether or not that works, this call has a token.
                    self.join(&mut state, None, now).ok();
                    return Ok(token);
                }
                Decision::Refuse(error) => return Err(error),
                Decision::Wait => self.join(&mut state, None, now)?,
            }
        };
        flight.landed().await
    }

    /// The same with what is left of its life.
    pub(crate) async fn grant(self: &Arc<Self>) -> Result<TokenGrant, Error> {
        let token = self.current().await?;
        Ok(self.state().grant_of(&token, self.clock.now()))
    }

    /// Another token than the one that a call was refused with, or `None` if there is no better one to be had now.
    pub(crate) async fn instead_of(
        self: &Arc<Self>,
        refused: &AccessToken,
    ) -> Result<Option<AccessToken>, Error> {
        loop {
            let flight = {
                let mut state = self.state();
                let now = self.clock.now();
                match state.decide_refused(refused, now) {
                    Replacement::Held(token) => return Ok(Some(token)),
                    Replacement::None => return Ok(None),
                    Replacement::Refuse(error) => return Err(error),
                    Replacement::Ask => self.join(&mut state, Some(refused), now)?,
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
    fn join(
        self: &Arc<Self>,
        state: &mut State,
        refused: Option<&AccessToken>,
        now: Moment,
    ) -> Result<Flight, Error> {
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
        runtime.spawn(refresh.instrument(self.span()));
        let flight = Flight { outcome, replaces: refused.is_some() };
        state.flight = Some(flight.clone());
        state.spend(now);
        Ok(flight)
    }

    async fn refresh(&self, refused: Option<&AccessToken>) -> Result<AccessToken, Error> {
        let answer = self.source.token(refused).await;
        let (now, roll) = (self.clock.now(), self.random.roll());
        let mut state = self.state();
        match answer {
            Ok(grant) => Ok(state.hold(grant, refused, now, roll)),
            Err(error) => state.fail(error, refused, now, roll),
        }
    }

    /// Says whose token it is to those who run several accounts.
    fn span(&self) -> tracing::Span {
        tracing::debug_span!("wx_token", app_id = self.account.as_str())
    }

    /// Never held while anything is awaited.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
