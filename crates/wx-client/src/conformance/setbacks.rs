use super::{
    TokenStoreRig,
    sample::{Hand, MINUTE, SECOND, token},
};
use crate::{Lease, Setback};
use std::time::Duration;

const PAUSE: Duration = Duration::from_mins(5);

fn refusal() -> Setback {
    Setback::new(Some(40125), "invalid appsecret, 无效 'rid'", PAUSE)
}

async fn give_back(rig: &dyn TokenStoreRig, lease: &Lease, setback: &Setback) -> bool {
    rig.store().give_back(lease, setback).await.unwrap()
}

/// Also from replacing a refused token.
pub async fn a_setback_is_told_and_keeps_all_away_for_its_pause(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(give_back(rig, &lease, &refusal()).await);
    let row = hand.read().await;
    assert_eq!((row.setback, row.is_held, row.token), (Some(refusal()), false, None));
    hand.pass(4 * MINUTE).await;
    assert_eq!(hand.lease("a").await, None);
    assert_eq!(hand.lease("b").await, None);
    hand.pass(MINUTE).await;
    assert_eq!(hand.read().await.setback, None);
    let lease = hand.lease("b").await.unwrap();
    assert_eq!(hand.read().await.setback, None);
    assert!(hand.publish(&lease, "T1").await);
    assert_eq!(hand.read().await.setback, None);
}

/// A time-out has none.
pub async fn a_setback_without_a_code_is_told(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    let setback = Setback::new(None, "é".repeat(400), PAUSE);
    assert_eq!(setback.text.len(), 300);
    assert!(give_back(rig, &lease, &setback).await);
    assert_eq!(hand.read().await.setback, Some(setback));
}

/// Once another has taken a lease after it.
pub async fn a_slow_holder_cannot_give_back(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let slow = hand.lease("a").await.unwrap();
    hand.pass(10 * SECOND).await;
    let quick = hand.lease("b").await.unwrap();
    assert!(!give_back(rig, &slow, &refusal()).await);
    assert!(hand.read().await.is_held);
    assert!(hand.publish(&quick, "T1").await);
    assert!(!give_back(rig, &quick, &refusal()).await, "it was given back already");
    assert_eq!(hand.read().await.setback, None);
}

/// It serves as long as it works.
pub async fn a_setback_leaves_the_token(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, "T1").await);
    let lease = hand.lease_instead_of("a", Some("T1")).await.unwrap();
    assert!(give_back(rig, &lease, &refusal()).await);
    assert_eq!(hand.token().await, Some(token("T1")));
    assert_eq!(hand.lease_instead_of("b", Some("T1")).await, None);
    hand.pass(6 * MINUTE).await;
    hand.lease_instead_of("b", Some("T1")).await.unwrap();
}

/// As it ends a lease.
pub async fn a_clock_that_was_set_back_ends_a_setback(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(give_back(rig, &lease, &refusal()).await);
    hand.pass(-20 * MINUTE).await;
    assert_eq!(hand.read().await.setback, None);
    hand.lease("b").await.unwrap();
}
