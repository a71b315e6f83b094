use crate::account::{Account, CALL, OK, token};
use insta::assert_snapshot;
use serde_json::Value;
use std::time::Duration;
use wx_client::{Call, Error, Repeat};
use wx_model::ErrCode;

const DAY_IS_OVER: &str =
    r#"{"errcode":45009,"errmsg":"reach max api daily quota limit rid: 69570a80-1c0ffee0-5eedbeef"}"#;
const MINUTE_IS_OVER: &str = r#"{"errcode":45011,"errmsg":"api minute-quota reach limit"}"#;
const NO_PLACE: &str = r#"{"errcode":45029,"errmsg":"qrcode count out of limit"}"#;

async fn after(refusal: &str) -> Account {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), refusal]);
    let error = account.call().await.unwrap_err();
    assert!(!error.is_held_back() && error.held_for().is_none());
    account
}

async fn place(account: &Account) -> Result<Value, Error> {
    account.client.call(&Call::post(CALL, &()).unwrap().repeat(Repeat::IfNotDone).allowance("places")).await
}

#[tokio::test]
async fn a_used_up_day_is_silent_until_midnight_in_beijing() {
    let account = after(DAY_IS_OVER).await;
    account.pass(3600);
    let error = account.call().await.unwrap_err();
    assert_eq!(error.errcode(), Some(ErrCode::DAILY_QUOTA_REACHED));
    assert_eq!(
        (error.held_for(), error.rid()),
        (Some(Duration::from_hours(11)), Some("69570a80-1c0ffee0-5eedbeef"))
    );
    assert!(error.is_held_back() && error.is_quota() && !error.may_have_been_done() && !error.is_retryable());
    assert_snapshot!(error, @r#"/cgi-bin/some/call is held back: an earlier call was refused with 45009 daily_quota_reached: Daily call limit of this API (or of the test account) used up; resets at midnight Beijing time, or use clear_quota; older wire text: api freq out of limit; the platform says "reach max api daily quota limit rid: 69570a80-1c0ffee0-5eedbeef"; stop until midnight Beijing time (UTC+8), or clear the counters with clear_quota (10 times a month); find out what calls so often; nothing was sent, nor will be for 11 h 0 min"#);

    // Noon was the refusal.
    for _ in 0..11 * 60 - 1 {
        account.pass(60);
        assert!(account.call().await.unwrap_err().is_held_back());
    }
    assert_eq!(account.sent(), ["ask", "call T1"]);
    account.answers(&[&token("T2", 7200), OK]);
    account.pass(60);
    account.call().await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn other_calls_go_on() {
    let account = after(DAY_IS_OVER).await;
    account.answers(&[OK]);
    account.client.get_json::<Value>("/cgi-bin/other", &[]).await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn a_used_up_minute_is_silent_for_a_minute() {
    let account = after(MINUTE_IS_OVER).await;
    account.pass(59);
    let error = account.call().await.unwrap_err();
    assert_eq!(
        (error.errcode(), error.held_for()),
        (Some(ErrCode::new(45011)), Some(Duration::from_secs(1)))
    );
    account.answers(&[OK]);
    account.pass(1);
    account.call().await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn places_that_never_come_back_are_never_asked_for_again() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), NO_PLACE]);
    assert!(!place(&account).await.unwrap_err().is_held_back());
    for _ in 0..1_000 {
        account.pass(86_400);
        let error = place(&account).await.unwrap_err();
        assert_eq!(error.errcode(), Some(ErrCode::QRCODE_COUNT_LIMIT));
        assert!(error.is_held_back() && error.held_for().is_none() && !error.is_retryable());
    }
    assert_snapshot!(place(&account).await.unwrap_err(), @r#"/cgi-bin/some/call is held back: an earlier call was refused with 45029 qrcode_count_limit: qrcode/create: the permanent-code allowance (100,000 per account) is used up; it never refills, switch to temporary codes; the platform says "qrcode count out of limit"; never repeat: the 100000 permanent codes of the account are used up and cannot be given back. Use temporary codes (up to 30 days), or give a retired permanent code a new meaning; nothing was sent, nor will be until this process starts anew"#);
    account.platform.assert_done();

    // The same path without the allowance is another matter, and so is what the operator says.
    account.answers(&[&token("T2", 7200), OK, OK]);
    account.call().await.unwrap();
    account.client.lift_quota_guard();
    place(&account).await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn clearing_the_counters_lets_calls_through() {
    let account = after(DAY_IS_OVER).await;
    account.answers(&[OK, OK]);
    account.client.quotas().clear("/cgi-bin/other").await.unwrap();
    assert!(account.call().await.unwrap_err().is_held_back());
    account.client.quotas().clear(CALL).await.unwrap();
    account.answers(&[DAY_IS_OVER]);
    assert!(!account.call().await.unwrap_err().is_held_back());

    assert!(account.call().await.unwrap_err().is_held_back());
    account.answers(&[OK, OK]);
    account.client.quotas().clear_all().await.unwrap();
    account.call().await.unwrap();
    account.platform.assert_done();
}
