use super::{
    TokenStoreRig,
    at_once::at_once,
    sample::{Hand, LEASE, MINUTE, SECOND, account, new, token},
};
use crate::{LeaseWish, TokenRow};
use wx_model::AppId;

/// A lease alone makes no token.
pub async fn an_account_that_nobody_wrote_is_empty(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    assert_eq!(hand.read().await, TokenRow::default());
    hand.lease("a").await.unwrap();
    assert_eq!(hand.read().await, TokenRow { is_held: true, ..TokenRow::default() });
}

/// However many ask at the same time, also for an account that has no row yet.
pub async fn one_of_many_gets_the_lease(rig: &dyn TokenStoreRig) {
    for round in 0..5 {
        let account = AppId::new(format!("wx{round}"));
        let owners: Vec<String> = (0..32).map(|number| format!("owner {number}")).collect();
        let wishes: Vec<_> = owners.iter().map(|owner| LeaseWish::new(&account, owner, LEASE)).collect();
        let answers = at_once(wishes.iter().map(|wish| rig.store().try_lease(wish))).await;
        let given: Vec<_> = answers.into_iter().filter_map(Result::unwrap).collect();
        assert_eq!(given.len(), 1, "{given:?}");
        assert_eq!(given[0].account, account);
    }
}

/// Whoever died with it keeps the others waiting for its length and no longer.
pub async fn a_lease_that_ended_is_given_to_another(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    hand.lease("a").await.unwrap();
    hand.pass(8 * SECOND).await;
    assert_eq!(hand.lease("b").await, None);
    assert!(hand.read().await.is_held);
    hand.pass(2 * SECOND).await;
    assert!(!hand.read().await.is_held);
    assert_eq!(hand.lease("b").await.unwrap().owner, "b");
    assert_eq!(hand.lease("a").await, None);
}

/// So that the last one is known. Also when the same owner takes one again.
pub async fn every_lease_has_a_greater_number(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let mut last = hand.lease("a").await.unwrap().fence;
    for owner in ["b", "b", "a"] {
        hand.pass(2 * MINUTE).await;
        let next = hand.lease(owner).await.unwrap().fence;
        assert!(next > last, "{next} after {last}");
        last = next;
    }
}

/// Lease and token of one account are nothing to another.
pub async fn accounts_do_not_mix(rig: &dyn TokenStoreRig) {
    let (hand, other) = (Hand(rig), AppId::new("wx0000000000000000"));
    let lease = hand.lease("a").await.unwrap();
    let wish = LeaseWish::new(&other, "a", LEASE);
    let others = rig.store().try_lease(&wish).await.unwrap().unwrap();
    assert!(rig.store().publish(&others, &new("other")).await.unwrap());
    assert_eq!(hand.token().await, None);
    assert!(hand.publish(&lease, "ours").await);
    assert_eq!(hand.token().await, Some(token("ours")));
    let row = rig.store().read(&other).await.unwrap();
    assert_eq!(row.token.map(|(token, _)| token), Some(token("other")));
}

/// Not before.
pub async fn a_token_is_leased_when_it_is_due(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, "T1").await);
    hand.pass(109 * MINUTE).await;
    assert!(!hand.read().await.is_due);
    assert_eq!(hand.lease("b").await, None);
    hand.pass(MINUTE).await;
    assert!(hand.read().await.is_due);
    hand.lease("b").await.unwrap();
    // Its token is there meanwhile.
    assert_eq!(hand.token().await, Some(token("T1")));
}

/// The platform knows better.
pub async fn the_refused_token_is_leased_before_it_is_due(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let lease = hand.lease("a").await.unwrap();
    assert!(hand.publish(&lease, "T1").await);
    let lease = hand.lease_instead_of("b", Some("T1")).await.unwrap();
    assert_eq!(hand.lease_instead_of("c", Some("T1")).await, None, "one at a time");
    assert!(hand.publish(&lease, "T2").await);
    assert_eq!(hand.token().await, Some(token("T2")));
}

/// Somebody else has replaced it already.
pub async fn a_late_refusal_of_another_token_leases_nothing(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    for text in ["T1", "T2"] {
        let lease = hand.lease("a").await.unwrap();
        assert!(hand.publish(&lease, text).await);
        hand.pass(115 * MINUTE).await;
    }
    hand.pass(-100 * MINUTE).await;
    for late in ["T1", "", "t2"] {
        assert_eq!(hand.lease_instead_of("b", Some(late)).await, None, "{late}");
    }
    assert!(!hand.read().await.is_held);
}

/// A lease that would begin in the future keeps nobody away, however far the clock went back.
pub async fn a_clock_that_was_set_back_ends_a_lease(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    let first = hand.lease("a").await.unwrap();
    hand.pass(-20 * MINUTE).await;
    assert!(!hand.read().await.is_held);
    hand.lease("b").await.unwrap();
    assert!(!rig.store().publish(&first, &new("T1")).await.unwrap());
    assert_eq!(rig.store().read(&account()).await.unwrap().token, None);
}
