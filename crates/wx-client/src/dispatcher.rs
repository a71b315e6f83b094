use crate::{
    Call, Error, Observer, Repeat, RetryPolicy,
    call::Target,
    clock::{Clock, Moment},
    exchange::{Exchange, Read},
    observer::Watch,
    pace::Turns,
    pause::Pause,
    quota_guard::QuotaGuard,
    random::Random,
    retry::Budget,
    token::Tokens,
};
use std::sync::Arc;
use wx_model::AccessToken;

/// Brings one call from its beginning to its end: held back or let through, with a token, repeated, observed.
pub(crate) struct Dispatcher {
    pub(crate) exchange: Exchange,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) policy: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) guard: QuotaGuard,
    pub(crate) turns: Option<Turns>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) pause: Pause,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Dispatcher {
    pub(crate) async fn call<T>(&self, call: &Call<'_>, read: Read<T>) -> Result<T, Error> {
        let mut watch = Watch::start(self.observer.as_deref(), &self.clock, call.path());
        let outcome = self.tries(call, read, &mut watch).await.map_err(|error| match call.repeats() {
            Repeat::Always => error.of_harmless_call(),
            _ => error,
        });
        if let Err(error) = &outcome {
            tracing::debug!(path = call.path(), %error, sent = watch.sent, "the call failed");
        }
        watch.finish(&outcome);
        outcome
    }

    async fn tries<T>(&self, call: &Call<'_>, read: Read<T>, watch: &mut Watch<'_>) -> Result<T, Error> {
        self.budget.earn(watch.began);
        self.admit(call, watch.began).await?;
        let (mut tries, mut replaced) = (1, false);
        loop {
            let error = match self.attempt(call, read, &mut replaced, watch).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            self.guard.learn(call, &error, self.clock.now());
            if self.guard.refusal(call, self.clock.now()).is_some() {
                return Err(error);
            }
            let course = (tries, self.clock.now().since(watch.began));
            let pause = self.policy.pause(call.repeats(), &error, course, self.random.roll());
            let Some(pause) = pause.filter(|_| self.budget.spend()) else { return Err(error) };
            self.say_repeat(call, pause);
            self.pause.wait(pause).await;
            // What happened is told rather than that nothing more may be done.
            if self.admit(call, self.clock.now()).await.is_err() {
                return Err(error);
            }
            tries += 1;
        }
    }

    /// Waits for the turn of the call, unless it is not to be sent at all.
    async fn admit(&self, call: &Call<'_>, now: Moment) -> Result<(), Error> {
        if call.target == Target::Images {
            return Ok(());
        }
        if let Some(refusal) = self.guard.refusal(call, now) {
            if let (Some(observer), Some(code)) = (&self.observer, refusal.errcode()) {
                observer.call_held_back(call.path(), code);
            }
            return Err(refusal);
        }
        let Some(turns) = &self.turns else { return Ok(()) };
        let wait = turns.take(now, self.policy.deadline);
        self.pause.wait(wait.map_err(|wait| Error::not_its_turn(call.path(), wait))?).await;
        Ok(())
    }

    /// Once, and once more with another token if the platform refuses the first one.
    async fn attempt<T>(
        &self,
        call: &Call<'_>,
        read: Read<T>,
        replaced: &mut bool,
        watch: &mut Watch<'_>,
    ) -> Result<T, Error> {
        if call.target != Target::Api {
            return self.once(call, None, read, watch).await;
        }
        let token = self.tokens.current().await?;
        let refusal = match self.once(call, Some(&token), read, watch).await {
            Err(error) if error.is_token_rejected() && !*replaced => error,
            outcome => return outcome,
        };
        tracing::debug!(path = call.path(), %refusal, "the access_token was refused");
        *replaced = true;
        match self.tokens.instead_of(&token).await? {
            Some(token) => self.once(call, Some(&token), read, watch).await,
            None => Err(refusal),
        }
    }

    async fn once<T>(
        &self,
        call: &Call<'_>,
        token: Option<&AccessToken>,
        read: Read<T>,
        watch: &mut Watch<'_>,
    ) -> Result<T, Error> {
        watch.sent += 1;
        self.exchange.once(call, token, read).await
    }

    fn say_repeat(&self, call: &Call<'_>, pause: std::time::Duration) {
        tracing::debug!(path = call.path(), ?pause, "will be repeated");
        if let Some(observer) = &self.observer {
            observer.call_repeats(call.path(), pause);
        }
    }
}
