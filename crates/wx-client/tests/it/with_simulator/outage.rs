//! The token call is ill for half an hour, in the middle of which the token ends.

use super::world::World;
use crate::account::{NOON, STABLE};
use wx_sim::Fault;

/// From 6300 to 8100 seconds after the token was given.
const ILL: std::ops::Range<u64> = 6300..8100;
const END: u64 = 7200;

/// A token is wanted each second from the beginning of the illness until a minute after it is over. Before the end of
/// the old one each gets one that the platform takes.
async fn outage(fault: Fault, dice: u64) -> World {
    let world = World::start().await;
    world.clock.load(dice);
    world.tags().await.unwrap();
    world.clock.pass(ILL.start);
    world.sim.inject(fault.on(STABLE).for_ever()).unwrap();
    while world.clock.seconds() < ILL.end + 60 {
        if world.clock.seconds() >= ILL.end {
            world.sim.clear_faults();
        }
        let second = world.clock.seconds();
        match world.client.access_token().await {
            Ok(_) => assert!(!(END..ILL.end).contains(&second), "{second}"),
            Err(error) => assert!(second >= END && error.is_retryable(), "{second}: {error}"),
        }
        if second < END && second % 30 == 0 {
            world.tags().await.unwrap();
        }
        world.settle().await;
        world.clock.pass(1);
    }
    world.tags().await.unwrap();
    world
}

/// The seconds in which a token was asked for since the beginning of the illness.
fn attempts(world: &World) -> Vec<u64> {
    let attempts = world.sim.transcript();
    let attempts = attempts.iter().filter(|entry| super::world::path(entry) == Some(STABLE));
    attempts.map(|entry| entry.time.abs_diff(NOON)).filter(|second| *second >= ILL.start).collect()
}

#[tokio::test]
async fn while_the_token_call_is_ill_the_old_token_serves_to_its_end() {
    insta::assert_snapshot!(outage(Fault::status(502), u64::MAX).await.timetable(STABLE), @"
       0 s: 200 errcode 0, <stable 1> for 7200 s
    6600 s: fault: status 502
    6660 s: fault: status 502
    6780 s: fault: status 502
    7020 s: fault: status 502
    7200 s: fault: status 502
    7216 s: fault: status 502
    7248 s: fault: status 502
    7308 s: fault: status 502
    7368 s: fault: status 502
    7428 s: fault: status 502
    7488 s: fault: status 502
    7548 s: fault: status 502
    7608 s: fault: status 502
    7668 s: fault: status 502
    7728 s: fault: status 502
    7788 s: fault: status 502
    7848 s: fault: status 502
    7908 s: fault: status 502
    7968 s: fault: status 502
    8028 s: fault: status 502
    8088 s: fault: status 502
    8148 s: 200 errcode 0, <stable 2> for 7200 s
    ");
}

#[tokio::test]
async fn pauses_are_spread_and_recovery_takes_less_than_one() {
    let faults = [Fault::status(503), Fault::errcode(-1), Fault::reset(), Fault::html(), Fault::cut_json()];
    for (seed, fault) in (1..).zip(faults.iter().cycle().take(10)) {
        let world = outage(fault.clone(), 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed)).await;
        let attempts = attempts(&world);
        for pair in attempts.windows(2) {
            let pause = pair[1] - pair[0];
            assert!(pair[1] >= END || (30..=300).contains(&pause), "{fault}: {attempts:?}");
            assert!(pair[0] < END || pause <= 60, "{fault}: {attempts:?}");
        }
        assert!((5..=40).contains(&attempts.len()), "{fault}: {attempts:?}");
        assert!(attempts.last().is_some_and(|last| (ILL.end..ILL.end + 60).contains(last)), "{attempts:?}");
    }
}
