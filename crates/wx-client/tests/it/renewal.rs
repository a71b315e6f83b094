use crate::account::{Account, let_others_run, token};
use http::StatusCode;
use std::sync::{Arc, Mutex};
use wx_client::ErrorKind;
use wx_transport::{Answer, TransportErrorKind};

/// The token that a call uses now. A renewal in the background has come to its end afterwards.
async fn current(account: &Account) -> String {
    let token = account.client.access_token().await.unwrap().expose().to_owned();
    let_others_run().await;
    token
}

#[tokio::test]
async fn a_token_serves_until_ten_minutes_before_its_end() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    for _ in 0..66 {
        assert_eq!(current(&account).await, "T1");
        account.pass(100);
    }
    assert_eq!(account.sent(), ["ask"]);
}

#[tokio::test]
async fn then_it_is_renewed_while_the_old_one_serves_spread_over_two_minutes() {
    for (dice, left) in [(u64::MAX, 600), (u64::MAX / 2, 540), (0, 480)] {
        let account = Account::new();
        account.clock.load(dice);
        account.answers(&[&token("T1", 7200)]);
        current(&account).await;
        account.pass(7200 - left - 1);
        current(&account).await;
        assert_eq!(account.sent(), ["ask"], "{left} s left");
        account.pass(1);
        account.answers(&[&token("T2", 7200)]);
        assert_eq!(current(&account).await, "T1", "{left} s left");
        assert_eq!(current(&account).await, "T2", "{left} s left");
        assert_eq!(account.sent(), ["ask", "ask"]);
    }
}

#[tokio::test]
async fn a_platform_that_has_no_successor_yet_is_asked_when_it_makes_one() {
    for (dice, left) in [(u64::MAX, 300), (0, 240)] {
        let account = Account::new();
        account.clock.load(u64::MAX);
        account.answers(&[&token("T1", 7200)]);
        current(&account).await;
        account.pass(6600);
        account.clock.load(dice);
        account.answers(&[&token("T1", 600)]);
        current(&account).await;
        account.pass(600 - left - 1);
        assert_eq!(current(&account).await, "T1");
        assert_eq!(account.sent().len(), 2);
        account.pass(1);
        account.answers(&[&token("T2", 7200)]);
        assert_eq!([current(&account).await, current(&account).await], ["T1", "T2"]);
        account.platform.assert_done();
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

/// The seconds in which a token was asked for while the platform was ill from 6300 to 8100, with a call each second.
async fn attempts_in_an_outage(dice: u64) -> Vec<u64> {
    let account = Account::new();
    account.clock.load(dice);
    account.answers(&[&token("T1", 7200)]);
    current(&account).await;
    account.pass(6300);
    let attempts = Arc::new(Mutex::new(Vec::new()));
    let (noted, clock) = (Arc::clone(&attempts), account.clock.clone());
    account.platform.otherwise(move |_| {
        noted.lock().unwrap().push(clock.seconds());
        if clock.seconds() < 8100 { StatusCode::BAD_GATEWAY.into() } else { Answer::json(token("T2", 7200)) }
    });
    loop {
        let (second, outcome) = (account.clock.seconds(), account.client.access_token().await);
        let_others_run().await;
        match outcome {
            Ok(token) if token.expose() == "T2" => return attempts.lock().unwrap().clone(),
            Ok(token) => assert_eq!((token.expose(), second < 7200), ("T1", true)),
            Err(error) => assert_eq!((error.kind(), second >= 7200), (ErrorKind::Status(502), true)),
        }
        account.pass(1);
    }
}

#[tokio::test]
async fn while_renewals_fail_the_old_token_serves_to_its_end() {
    // The longest pauses: 1, 2, 4 minutes; without a token 16, 32, 60 seconds.
    let longest = attempts_in_an_outage(u64::MAX).await;
    assert_eq!(longest[..8], [6600, 6660, 6780, 7020, 7200, 7216, 7248, 7308]);
    assert_eq!(longest.last(), Some(&8148));
    // The shortest: half a minute; without a token a second, until the budget allows one a minute.
    let shortest = attempts_in_an_outage(0).await;
    assert_eq!(shortest[..4], [6720, 6750, 6780, 6810]);
    assert_eq!(shortest.last(), Some(&8100));
}

#[tokio::test]
async fn pauses_are_spread_and_recovery_takes_less_than_one() {
    for seed in 1..=50_u64 {
        let attempts = attempts_in_an_outage(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).await;
        let pauses: Vec<u64> = attempts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (at, pause) in attempts.iter().zip(&pauses) {
            let with_token = at + pause < 7200;
            assert!(!with_token || (30..=300).contains(pause), "{attempts:?}");
            assert!(*at < 7200 || *pause <= 60, "{attempts:?}");
        }
        assert!(attempts.last().is_some_and(|last| (8100..8160).contains(last)), "{attempts:?}");
    }
}

#[tokio::test]
async fn a_failed_connection_is_tried_again_at_once_and_then_with_pauses() {
    let account = Account::new();
    for _ in 0..2 {
        account.platform.answer(TransportErrorKind::Connect);
        assert_eq!(account.client.access_token().await.unwrap_err().kind(), ErrorKind::Transport);
    }
    account.pass(1);
    assert!(account.client.access_token().await.unwrap_err().is_retryable());
    account.platform.assert_done();

    account.pass(1);
    account.answers(&[&token("T1", 7200)]);
    assert_eq!(current(&account).await, "T1");
}

#[tokio::test]
async fn a_busy_platform_is_asked_again_at_once() {
    let account = Account::new();
    account.answers(&[r#"{"errcode":-1,"errmsg":"system error"}"#, &token("T1", 7200)]);
    assert!(account.client.access_token().await.unwrap_err().is_retryable());
    assert_eq!(current(&account).await, "T1");
}

#[tokio::test]
async fn a_token_of_little_life_is_replaced_when_it_ends() {
    let account = Account::new();
    account.answers(&[&token("T1", 20), &token("T2", 7200)]);
    current(&account).await;
    account.pass(19);
    assert_eq!(current(&account).await, "T1");
    account.pass(1);
    assert_eq!(current(&account).await, "T2");
}
