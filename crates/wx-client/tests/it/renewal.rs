use crate::account::{Account, OK, let_others_run, token};
use http::StatusCode;
use wx_client::ErrorKind;
use wx_model::ErrCode;
use wx_transport::TransportErrorKind;

/// The token that a call uses now. A renewal in the background has come to its end afterwards.
async fn current(account: &Account) -> String {
    let token = account.client.access_token().await.unwrap().expose().to_owned();
    let_others_run().await;
    token
}

#[tokio::test]
async fn a_token_serves_until_five_minutes_before_its_end() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    for _ in 0..69 {
        assert_eq!(current(&account).await, "T1");
        account.pass(100);
    }
    assert_eq!(account.sent(), ["ask"]);
}

#[tokio::test]
async fn then_it_is_renewed_while_the_old_one_serves() {
    for left in [299, 60] {
        let account = Account::new();
        account.answers(&[&token("T1", 7200), &token("T2", 7200)]);
        current(&account).await;
        account.pass(7200 - left);
        assert_eq!(current(&account).await, "T1", "{left} s left");
        assert_eq!(current(&account).await, "T2", "{left} s left");
        assert_eq!(account.sent(), ["ask", "ask"]);
    }
}

#[tokio::test]
async fn with_less_than_a_minute_left_calls_wait_for_the_new_one() {
    for left in [59, 1, 0] {
        let account = Account::new();
        account.answers(&[&token("T1", 7200), &token("T2", 7200)]);
        current(&account).await;
        account.pass(7200 - left);
        assert_eq!(current(&account).await, "T2", "{left} s left");
    }
}

#[tokio::test]
async fn the_same_ending_token_is_asked_for_every_30_seconds_at_most() {
    let account = Account::new();
    account.answers(&[&token("T1", 200)]);
    current(&account).await;
    for second in 1..=200 {
        account.pass(1);
        if second % 30 == 0 {
            account.answers(&[&token("T1", 200 - second)]);
        }
        assert_eq!(current(&account).await, "T1");
    }
    assert_eq!(account.sent().len(), 1 + 200 / 30);
    account.platform.assert_done();
}

#[tokio::test]
async fn even_a_token_without_any_life_is_not_asked_for_in_a_loop() {
    let account = Account::new();
    account.answers(&[&token("T1", 0), &token("T1", 0)]);
    for _ in 0..29 {
        assert_eq!(current(&account).await, "T1");
        account.pass(1);
    }
    assert_eq!(account.sent().len(), 1);
    account.pass(1);
    assert_eq!(current(&account).await, "T1");
    assert_eq!(account.sent().len(), 2);
}

#[tokio::test]
async fn the_old_token_serves_to_its_end_while_renewals_fail() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    current(&account).await;
    account.pass(7200 - 300);
    for _ in 0..10 {
        account.platform.answer(StatusCode::BAD_GATEWAY);
        account.pass(29);
        assert_eq!(current(&account).await, "T1");
        assert_eq!(current(&account).await, "T1");
        account.platform.assert_done();
        account.pass(1);
    }
    // Its life has ended.
    account.platform.answer(StatusCode::BAD_GATEWAY);
    let error = account.client.access_token().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status(502));
}

#[tokio::test]
async fn a_failed_connection_is_tried_again_at_once() {
    let account = Account::new();
    account.platform.answer(TransportErrorKind::Connect);
    assert_eq!(account.client.access_token().await.unwrap_err().kind(), ErrorKind::Transport);
    account.answers(&[&token("T1", 7200)]);
    assert_eq!(current(&account).await, "T1");
}

#[tokio::test]
async fn a_wrong_secret_is_no_loop_and_says_so() {
    let account = Account::new();
    let refusal = r#"{"errcode":40001,"errmsg":"invalid credential rid: 69570a80-1c0ffee0-5eedbeef"}"#;
    account.answers(&[refusal]);
    for _ in 0..100 {
        let error = account.call().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api(ErrCode::INVALID_CREDENTIAL));
        assert!(!error.is_token_rejected() && !error.is_retryable() && !error.may_have_been_done());
        assert_eq!(error.rid(), Some("69570a80-1c0ffee0-5eedbeef"));
    }
    assert_eq!(account.sent(), ["ask"]);
    insta::assert_snapshot!(account.call().await.unwrap_err(), @r#"no access_token: /cgi-bin/stable_token was refused with 40001 invalid_credential: the AppSecret is wrong; the platform says "invalid credential rid: 69570a80-1c0ffee0-5eedbeef"; take the present AppSecret of this AppID from the console; until then repeating does not help"#);

    account.pass(30);
    account.answers(&[&token("T1", 7200), OK]);
    account.call().await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn a_used_up_allowance_is_not_asked_again_for_30_seconds() {
    for code in [45009, 45011] {
        let account = Account::new();
        account.answers(&[&format!(r#"{{"errcode":{code},"errmsg":"no more"}}"#)]);
        for _ in 0..30 {
            assert!(account.client.access_token().await.unwrap_err().is_quota());
            account.pass(1);
        }
        account.answers(&[&token("T1", 7200)]);
        assert_eq!(current(&account).await, "T1");
    }
}

#[tokio::test]
async fn a_busy_platform_is_asked_again_at_once() {
    let account = Account::new();
    account.answers(&[r#"{"errcode":-1,"errmsg":"system error"}"#, &token("T1", 7200)]);
    assert!(account.client.access_token().await.unwrap_err().is_retryable());
    assert_eq!(current(&account).await, "T1");
}
