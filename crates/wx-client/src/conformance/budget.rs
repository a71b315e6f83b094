use super::{
    TokenStoreRig,
    sample::{Hand, MINUTE, SECOND, new},
};

/// Takes leases for a token that is refused at once, until none is given.
async fn spend(hand: &Hand<'_>) -> usize {
    for count in 0..100 {
        let text = hand.token().await.map(|token| token.expose().to_owned());
        let Some(lease) = hand.lease_instead_of("a", text.as_deref()).await else { return count };
        let next = if text.as_deref() == Some("T1") { "T2" } else { "T1" };
        assert!(hand.0.store().publish(&lease, &new(next)).await.unwrap());
    }
    panic!("a hundred leases without a pause")
}

/// Whatever asks for them: all processes together cannot storm.
pub async fn ten_leases_at_once_then_one_a_minute(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    assert_eq!(spend(&hand).await, 10);
    let row = hand.read().await;
    assert!(!row.is_held && row.setback.is_none() && row.token.is_some());
    hand.pass(MINUTE).await;
    assert_eq!(spend(&hand).await, 1);
    hand.pass(3 * MINUTE + 10 * SECOND).await;
    assert_eq!(spend(&hand).await, 3);
    hand.pass(60 * MINUTE).await;
    assert_eq!(spend(&hand).await, 10);
}

/// Not the debts of the future.
pub async fn a_clock_that_was_set_back_leaves_a_budget(rig: &dyn TokenStoreRig) {
    let hand = Hand(rig);
    assert_eq!(spend(&hand).await, 10);
    hand.pass(-120 * MINUTE).await;
    assert_eq!(spend(&hand).await, 10);
}
