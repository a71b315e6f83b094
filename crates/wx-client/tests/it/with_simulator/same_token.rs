//! The platform gives the same ending token however often it is asked.

use super::world::{World, client_of, reqwest, simulator};
use crate::account::{STABLE, SetClock};

/// Two processes: the first has fetched the token long ago; the second finds it with 200 seconds left, on a platform
/// that makes no new one before its end.
#[tokio::test]
async fn a_token_with_200_seconds_left_is_asked_for_every_30_seconds_at_most() {
    let clock = SetClock::default();
    let sim = simulator(&clock, |options| options.stable_renewal(0)).await;
    let first = client_of(&sim, &clock).transport(reqwest()).build().unwrap();
    first.access_token().await.unwrap();
    clock.pass(7000);
    let world = World::on(sim, clock, reqwest(), |builder| builder);
    let mut tokens = Vec::new();
    for _second in 0..260 {
        tokens.push(world.client.access_token().await.unwrap());
        world.tags().await.unwrap();
        world.settle().await;
        world.clock.pass(1);
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 2);
    insta::assert_snapshot!(world.timetable(STABLE), @"
       0 s: 200 errcode 0, <stable 1> for 7200 s
    7000 s: 200 errcode 0, <stable 1> for 200 s
    7030 s: 200 errcode 0, <stable 1> for 170 s
    7060 s: 200 errcode 0, <stable 1> for 140 s
    7090 s: 200 errcode 0, <stable 1> for 110 s
    7120 s: 200 errcode 0, <stable 1> for 80 s
    7150 s: 200 errcode 0, <stable 1> for 50 s
    7180 s: 200 errcode 0, <stable 1> for 20 s
    7200 s: 200 errcode 0, <stable 2> for 7200 s
    ");
}
