//! What takes something for ever is never repeated after a lost answer.

use crate::account::{Account, CALL, token};
use serde_json::Value;
use wx_client::{Call, Repeat, RetryPolicy};
use wx_transport::{Answer, TransportErrorKind};

#[tokio::test]
async fn a_thousand_lost_answers_are_a_thousand_unknown_outcomes() {
    let account = Account::with(|builder| builder.retry(RetryPolicy::default().reserve(100_000)));
    account.answers(&[&token("T1", 7200)]);
    let lost: [fn() -> Answer; 5] = [
        || TransportErrorKind::Timeout.into(),
        || TransportErrorKind::NoAnswer.into(),
        || TransportErrorKind::BrokenAnswer.into(),
        || Answer::json(r#"{"ticket":"gQ"#),
        || Answer::status(http::StatusCode::BAD_GATEWAY),
    ];
    for number in 0..1_000 {
        account.platform.answer(lost[number % lost.len()]());
        let call = Call::post(CALL, &()).unwrap().repeat(Repeat::IfNotDone);
        let error = account.client.call::<Value>(&call).await.unwrap_err();
        assert!(error.may_have_been_done(), "{error}");
    }
    account.platform.assert_done();
    assert_eq!(account.platform.requests().len(), 1 + 1_000);
}

#[tokio::test]
async fn what_was_not_sent_is_repeated() {
    let account = Account::with(|builder| builder.retry(RetryPolicy::default()));
    account.answers(&[&token("T1", 7200)]);
    for kind in [TransportErrorKind::Connect, TransportErrorKind::ConnectTimeout, TransportErrorKind::Tls] {
        account.platform.answer(kind);
    }
    account.answers(&[r#"{"ticket":"gQ"}"#]);
    account.call().await.unwrap();
    account.platform.assert_done();

    // What cannot be sent cannot be sent later either.
    account.platform.answer(TransportErrorKind::Request);
    assert!(!account.call().await.unwrap_err().is_retryable());
    account.platform.assert_done();
}
