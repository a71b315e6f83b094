//! What the platform says when it gives no token, and how long that is believed.

use crate::account::{Account, OK, let_others_run, token};
use std::fmt::Write as _;
use wx_client::ErrorKind;
use wx_model::ErrCode;

fn refusal(code: i64) -> String {
    let errmsg = if code == 40164 { "invalid ip 203.0.113.9, not in whitelist" } else { "no" };
    format!(r#"{{"errcode":{code},"errmsg":"{errmsg} rid: 69570a80-1c0ffee0-5eedbeef"}}"#)
}

/// Checks that this refusal is given for so long without asking, and not longer.
async fn assert_believed_for(code: i64, seconds: u64) {
    let account = Account::new();
    account.answers(&[&refusal(code)]);
    for pass in [0, seconds / 2, seconds - seconds / 2 - 1] {
        account.pass(pass);
        let error = account.client.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api(ErrCode::new(code)));
        assert!(!error.may_have_been_done() && !error.is_token_rejected());
    }
    account.answers(&[&token("T1", 7200)]);
    account.pass(1);
    account.client.access_token().await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn each_is_believed_for_a_stated_time() {
    for (seconds, codes) in [
        (300, &[40001, 40125, 40243, 40013, 41004, 50004, 50007, 123_456][..]),
        (60, &[40164, 61004, 45035, 89501, 89503, 45011]),
        (3600, &[89507]),
        (86_400, &[89506]),
        // From noon to midnight in Beijing.
        (12 * 3600, &[45009]),
    ] {
        for code in codes {
            assert_believed_for(*code, seconds).await;
        }
    }
}

#[tokio::test]
async fn each_says_what_to_do() {
    let mut said = String::new();
    for code in [40001, 40125, 40243, 40164, 89501, 89503, 89506, 89507, 50004, 50007, 45009, 45011] {
        let account = Account::new();
        account.answers(&[&refusal(code)]);
        let error = account.call().await.unwrap_err();
        assert_eq!(error.rid(), Some("69570a80-1c0ffee0-5eedbeef"));
        writeln!(said, "{error}").unwrap();
    }
    insta::assert_snapshot!("refusals_of_the_token_call", said);
}

#[tokio::test]
async fn calls_get_it_without_asking() {
    let account = Account::new();
    account.answers(&[&refusal(40125)]);
    for _ in 0..100 {
        assert!(!account.call().await.unwrap_err().is_retryable());
    }
    assert_eq!(account.sent(), ["ask"]);
    account.pass(300);
    account.answers(&[&token("T1", 7200), OK]);
    account.call().await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn a_token_that_still_works_serves_meanwhile() {
    for code in [40125, 40164, 89506] {
        let account = Account::new();
        account.answers(&[&token("T1", 7200)]);
        account.client.access_token().await.unwrap();
        account.pass(6600);
        account.answers(&[&refusal(code)]);
        for _ in 0..60 {
            assert_eq!(account.client.access_token().await.unwrap().expose(), "T1");
            let_others_run().await;
        }
        account.platform.assert_done();
    }
}
