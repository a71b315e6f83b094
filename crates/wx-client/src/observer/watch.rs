use super::{CallReport, Observer, Outcome};
use crate::{
    Error,
    clock::{Clock, Moment},
    token::{AccessTokenSource, TokenGrant},
};
use async_trait::async_trait;
use std::sync::Arc;
use wx_model::AccessToken;

/// Watches one call and reports its end, whatever that is.
pub(crate) struct Watch<'a> {
    observer: Option<&'a dyn Observer>,
    clock: &'a Clock,
    path: &'a str,
    pub(crate) began: Moment,
    pub(crate) sent: u32,
    outcome: Outcome,
}

impl<'a> Watch<'a> {
    pub(crate) fn start(observer: Option<&'a dyn Observer>, clock: &'a Clock, path: &'a str) -> Self {
        if let Some(observer) = observer {
            observer.call_started(path);
        }
        Self { observer, clock, path, began: clock.now(), sent: 0, outcome: Outcome::GivenUp }
    }

    pub(crate) fn finish<T>(mut self, outcome: &Result<T, Error>) {
        self.outcome = Outcome::of(outcome);
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if let Some(observer) = self.observer {
            let duration = self.clock.now().since(self.began);
            let Self { path, outcome, sent, .. } = *self;
            observer.call_finished(&CallReport { path, outcome, duration, sent });
        }
    }
}

/// A source of tokens that tells each answer.
#[derive(Debug)]
pub(crate) struct ObservedSource {
    pub(crate) source: Arc<dyn AccessTokenSource>,
    pub(crate) observer: Arc<dyn Observer>,
}

#[async_trait]
impl AccessTokenSource for ObservedSource {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        let answer = self.source.token(refused).await;
        self.observer.token_refreshed(answer.is_ok());
        answer
    }
}
