use crate::account::{Account, CALL, OK, token};
use insta::assert_snapshot;
use serde_json::Value;
use std::time::Duration;
use wx_client::{ErrorKind, Pace, RetryPolicy};

#[tokio::test]
async fn calls_follow_each_other_at_the_pace() {
    let account = Account::with(|builder| builder.pace(Pace::per_minute(60).burst(5)));
    account.answers(&[&token("T1", 7200)]);
    for _ in 0..65 {
        account.answers(&[OK]);
        account.call().await.unwrap();
    }
    // Five at once, then one a second.
    assert_eq!(account.clock.seconds(), 60);
}

#[tokio::test]
async fn nobody_waits_longer_than_the_deadline() {
    let policy = RetryPolicy::none().deadline(Duration::from_secs(1));
    let account = Account::with(|builder| builder.pace(Pace::per_minute(1)).retry(policy));
    account.answers(&[&token("T1", 7200), OK]);
    account.call().await.unwrap();
    account.pass(58);
    let error = account.client.get_json::<Value>(CALL, &[]).await.unwrap_err();
    assert_eq!((error.kind(), error.held_for()), (ErrorKind::Pace, Some(Duration::from_secs(2))));
    assert!(error.is_held_back() && error.is_retryable() && !error.may_have_been_done());
    assert_snapshot!(error, @"/cgi-bin/some/call was not called: more calls wait for their turn than the pace of this client lets through in time; call more slowly, or set another pace or a later deadline");
    account.pass(1);
    account.answers(&[OK]);
    account.call().await.unwrap();
    account.platform.assert_done();
}
