//! Sources of tokens other than the platform.

use crate::account::{APP_ID, CALL, REFUSED, SetClock, let_others_run};
use async_trait::async_trait;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use wx_client::{AccessTokenSource, Client, Error, ErrorKind, FixedToken, TokenGrant};
use wx_model::AccessToken;
use wx_transport::{Answer, MockTransport, TransportErrorKind};

/// Gives what the test put in, and notes what it was asked.
#[derive(Debug, Clone, Default)]
struct Script(Arc<Mutex<Lines>>);

#[derive(Debug, Default)]
struct Lines {
    given: Vec<TokenGrant>,
    asked: Vec<Option<String>>,
}

#[async_trait]
impl AccessTokenSource for Script {
    async fn token(&self, refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        let mut script = self.0.lock().unwrap();
        script.asked.push(refused.map(|token| token.expose().to_owned()));
        let cause = TransportErrorKind::Connect;
        script.given.pop().ok_or_else(|| {
            Error::token_source("the safe is closed; open it", wx_transport::TransportError::new(cause))
        })
    }
}

impl Script {
    fn give(&self, grant: TokenGrant) {
        self.0.lock().unwrap().given.push(grant);
    }

    fn asked(&self) -> Vec<Option<String>> {
        self.0.lock().unwrap().asked.clone()
    }
}

fn client(source: impl AccessTokenSource + 'static) -> (Client, MockTransport, SetClock) {
    let (platform, clock) = (MockTransport::new(), SetClock::default());
    let builder = clock.set(Client::with_token_source(APP_ID, source));
    let client = builder.api_base("http://platform.test").transport(platform.clone()).build().unwrap();
    (client, platform, clock)
}

fn hours(token: &str) -> TokenGrant {
    TokenGrant::new(token, Duration::from_hours(2))
}

#[tokio::test]
async fn a_source_is_asked_once_and_again_for_a_refused_token() {
    let source = Script::default();
    let (client, platform, _) = client(source.clone());
    source.give(hours("A"));
    platform.answer(Answer::json("{}"));
    client.get_json::<serde_json::Value>(CALL, &[]).await.unwrap();

    source.give(hours("B"));
    platform.answer(Answer::json(REFUSED));
    platform.answer(Answer::json("{}"));
    client.get_json::<serde_json::Value>(CALL, &[]).await.unwrap();
    assert_eq!(source.asked(), [None, Some("A".to_owned())]);
    assert_eq!(platform.requests()[2].query(), "access_token=B");
}

#[tokio::test]
async fn a_source_may_want_to_be_asked_again_in_the_background() {
    for (wish, pause) in [(60, 60), (1, 30), (100_000, 6600)] {
        let source = Script::default();
        let (client, _, clock) = client(source.clone());
        source.give(hours("A").look_again_after(Duration::from_secs(wish)));
        client.access_token().await.unwrap();
        clock.pass(pause - 1);
        assert_eq!(client.access_token().await.unwrap().expose(), "A");
        assert_eq!(source.asked().len(), 1);
        clock.pass(1);
        source.give(hours("B"));
        assert_eq!(client.access_token().await.unwrap().expose(), "A");
        let_others_run().await;
        assert_eq!(client.access_token().await.unwrap().expose(), "B");
        assert_eq!(source.asked().len(), 2);
    }
}

#[tokio::test]
async fn the_life_that_is_left_is_told() {
    let (client, _, clock) = client(FixedToken::new("A"));
    assert_eq!(client.access_token_grant().await.unwrap(), hours("A"));
    clock.pass(200);
    assert_eq!(client.access_token_grant().await.unwrap().expires_in, Duration::from_secs(7000));
}

#[tokio::test]
async fn an_error_of_a_source_is_passed_on_with_its_cause() {
    let (client, platform, _) = client(Script::default());
    let error = client.get_json::<serde_json::Value>(CALL, &[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokenSource);
    assert!(error.is_retryable() && !error.may_have_been_done());
    assert_eq!(error.to_string(), "no access_token: the safe is closed; open it");
    assert!(
        std::error::Error::source(&error).is_some_and(|cause| cause.to_string().contains("no connection"))
    );
    assert!(platform.requests().is_empty());
}

#[tokio::test]
async fn a_fixed_token_has_no_other_in_its_place() {
    let (client, platform, clock) = client(FixedToken::new("A"));
    platform.otherwise(|_| Answer::json(REFUSED));
    for _ in 0..300 {
        let error = client.get_json::<serde_json::Value>(CALL, &[]).await.unwrap_err();
        assert!(error.is_token_rejected());
        clock.pass(60);
    }
    assert_eq!(platform.requests().len(), 300);
    assert!(platform.requests().iter().all(|request| request.query() == "access_token=A"));
}

#[tokio::test]
async fn a_token_that_was_refused_elsewhere_is_replaced_once() {
    let source = Script::default();
    let (client, _, _) = client(source.clone());
    source.give(hours("B"));
    source.give(hours("A"));
    let refused = client.access_token().await.unwrap();
    for _ in 0..10 {
        let other = client.access_token_instead_of(&refused).await.unwrap();
        assert_eq!(other, Some(AccessToken::new("B")));
    }
    // An old refusal is none of the present one.
    let old = client.access_token_instead_of(&AccessToken::new("Z")).await.unwrap();
    assert_eq!(old, Some(AccessToken::new("B")));
    assert_eq!(source.asked().len(), 2);
}
