use super::{
    TokenStoreRig,
    sample::{Hand, MINUTE, SECOND, account, token},
};
use crate::NewToken;
use std::time::Duration;
use wx_model::AccessToken;

/// With what is left of its life.
pub async fn a_published_token_is_there_for_all(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, "T1").await);
    let row = hand.read().await;
    assert!(!row.is_held && !row.is_due && row.setback.is_none());
    assert_life(row.token, 7200);
    hand.pass(30 * MINUTE).await;
    assert_life(hand.read().await.token, 5400);
}

/// A store that reads the time of a machine may take some seconds for a test.
fn assert_life(token: Option<(AccessToken, Duration)>, seconds: u64) {
    let (token, left) = token.unwrap();
    assert_eq!(token, AccessToken::new("T1"));
    assert!((seconds - 60..=seconds).contains(&left.as_secs()), "{left:?}");
}

/// It is told all the same, with nothing left.
pub async fn a_token_ends(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, "T1").await);
    hand.pass(120 * MINUTE).await;
    let row = hand.read().await;
    assert_eq!((row.token, row.is_due), (Some((token("T1"), Duration::ZERO)), true));
}

/// Then it is given back.
pub async fn a_lease_publishes_once(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, "T1").await);
    assert!(!hand.publish(&lease, "T2").await);
    assert_eq!(hand.token().await, Some(token("T1")));
    hand.lease_instead_of("b", Some("T1")).await.unwrap();
}

/// Once another has taken a lease after it: neither before nor after that one has published. Also when both have the
/// same name.
pub async fn a_slow_holder_cannot_publish(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    for next in ["b", "a"] {
        let slow = hand.lease("a").await.unwrap();
        hand.pass(10 * SECOND).await;
        let quick = hand.lease(next).await.unwrap();
        assert!(!hand.publish(&slow, "slow").await);
        assert!(hand.publish(&quick, "quick").await);
        assert!(!hand.publish(&slow, "slow").await);
        assert_eq!(hand.token().await, Some(token("quick")));
        hand.pass(115 * MINUTE).await;
    }
}

/// A token is better than none.
pub async fn a_slow_holder_whom_nobody_followed_can_publish(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let slow = hand.lease("a").await.unwrap();
    hand.pass(10 * MINUTE).await;
    assert!(hand.publish(&slow, "T1").await);
    assert_eq!(hand.token().await, Some(token("T1")));
}

/// The platform allows for 512 characters, and this is twice that.
pub async fn long_tokens_come_back_whole(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let text: String = (0..1024).map(|at| char::from(b"aZ09-_+/=!"[at % 10])).collect();
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, &text).await);
    assert_eq!(hand.token().await, Some(token(&text)));
    hand.lease_instead_of("b", Some(&text)).await.unwrap();
}

/// Neither of a row nor of none.
pub async fn a_look_changes_nothing(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    assert_eq!(hand.read().await, hand.read().await);
    let lease = hand.lease("a").await.unwrap();
    hand.read().await;
    let short = NewToken::new(token("T1"), Duration::ZERO, Duration::ZERO);
    assert!(rig.store().publish(&lease, &short).await.unwrap());
    assert_eq!(hand.read().await, rig.store().read(&account()).await.unwrap());
    hand.lease("b").await.unwrap();
}
