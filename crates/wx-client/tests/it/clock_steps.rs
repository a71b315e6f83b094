//! The calendar clock may be set and the machine may sleep; neither makes the client ask in a loop.

use crate::account::{Account, let_others_run, token};
use wx_transport::TransportErrorKind;

async fn current(account: &Account) -> String {
    let token = account.client.access_token().await.unwrap().expose().to_owned();
    let_others_run().await;
    token
}

#[tokio::test]
async fn steps_of_ten_minutes_change_nothing() {
    for steps in [[600, 0], [-600, 0], [600, -600], [-600, 600]] {
        let account = Account::new();
        account.answers(&[&token("T1", 7200)]);
        for minute in 0..110 {
            assert_eq!(current(&account).await, "T1");
            account.pass(59);
            account.clock.step(steps[minute % 2]);
            account.clock.step(-steps[minute % 2]);
            account.clock.step(steps[minute % 2]);
            assert_eq!(current(&account).await, "T1");
            account.clock.step(-steps[minute % 2]);
            account.pass(1);
        }
        account.answers(&[&token("T2", 7200)]);
        assert_eq!([current(&account).await, current(&account).await], ["T1", "T2"], "{steps:?}");
        assert_eq!(account.sent().len(), 2);
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_for_good_ends_no_token_early_or_late() {
    for back in [-600, -86_400, -10_000_000_000] {
        let account = Account::new();
        account.answers(&[&token("T1", 7200)]);
        current(&account).await;
        account.clock.step(back);
        account.pass(7139);
        account.answers(&[&token("T2", 7200)]);
        assert_eq!(current(&account).await, "T1");
        assert_eq!(current(&account).await, "T2");
        account.platform.assert_done();
    }
}

#[tokio::test]
async fn after_a_sleep_of_25_hours_calls_wait_for_one_new_token() {
    // Systems differ in whether the steady clock goes on while the machine sleeps.
    for steady_goes_on in [false, true] {
        let account = Account::new();
        account.answers(&[&token("T1", 7200), &token("T2", 7200)]);
        current(&account).await;
        account.pass(60);
        if steady_goes_on {
            account.pass(25 * 3600);
        } else {
            account.clock.step(25 * 3600);
        }
        for _ in 0..6600 {
            assert_eq!(current(&account).await, "T2");
            account.pass(1);
        }
        assert_eq!(account.sent().len(), 2);
    }
}

#[tokio::test]
async fn after_a_sleep_without_a_network_the_old_token_is_tried() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    current(&account).await;
    account.pass(60);
    account.clock.step(25 * 3600);
    account.platform.answer(TransportErrorKind::Connect);
    for _ in 0..59 {
        assert_eq!(current(&account).await, "T1");
        account.pass(1);
    }
    account.platform.assert_done();
    account.pass(1);
    account.answers(&[&token("T2", 7200)]);
    assert_eq!(current(&account).await, "T2");
}

#[tokio::test]
async fn a_clock_that_runs_wild_costs_one_refresh_each_half_minute_at_most() {
    let account = Account::new();
    account.platform.otherwise(|_| wx_transport::Answer::json(token("T1", 7200)));
    for _ in 0..3600 {
        account.clock.step(86_400);
        assert_eq!(current(&account).await, "T1");
        account.pass(1);
    }
    // Ten to begin with, then one a minute.
    assert!((60..=70).contains(&account.sent().len()), "{}", account.sent().len());
}
