//! Clocks are set, and machines sleep: the token of the real platform ends when it ends.

use super::world::World;
use crate::account::STABLE;

/// A call each minute for so many hours, each of which succeeds; what happens to the clock is told.
async fn hours(world: &World, hours: u64, mut happens: impl FnMut(u64)) {
    for minute in 0..hours * 60 {
        happens(minute);
        world.tags().await.unwrap();
        world.settle().await;
        world.clock.pass(60);
    }
}

#[tokio::test]
async fn steps_of_ten_minutes_ask_for_nothing() {
    for there_and_back in [[600, -600], [-600, 600]] {
        let world = World::start().await;
        let clock = world.clock.clone();
        hours(&world, 5, |minute| clock.step(there_and_back[usize::try_from(minute % 2).unwrap()])).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(world.timetable(STABLE), @"
                0 s: 200 errcode 0, <stable 1> for 7200 s
             6600 s: 200 errcode 0, <stable 1> for 600 s
             6900 s: 200 errcode 0, <stable 2> for 7200 s
            13500 s: 200 errcode 0, <stable 2> for 600 s
            13800 s: 200 errcode 0, <stable 3> for 7200 s
            ");
        }
    }
}

/// From ten minutes back to ten ahead is as if the machine had slept: it costs a question, and no call.
#[tokio::test]
async fn swings_of_twenty_minutes_are_no_loop() {
    let world = World::start().await;
    let clock = world.clock.clone();
    hours(&world, 5, |minute| clock.step([-600, 1200, -600][usize::try_from(minute % 3).unwrap()])).await;
    insta::assert_snapshot!(world.timetable(STABLE), @"
        0 s: 200 errcode 0, <stable 1> for 7200 s
       60 s: 200 errcode 0, <stable 1> for 7140 s
     6900 s: 200 errcode 0, <stable 2> for 7200 s
    13500 s: 200 errcode 0, <stable 2> for 600 s
    13560 s: 200 errcode 0, <stable 2> for 540 s
    13800 s: 200 errcode 0, <stable 3> for 7200 s
    ");
}

#[tokio::test]
async fn a_clock_that_goes_back_a_day_asks_for_nothing() {
    let world = World::start().await;
    let clock = world.clock.clone();
    hours(&world, 5, |minute| clock.step(if minute == 30 { -86_400 } else { 0 })).await;
    insta::assert_snapshot!(world.timetable(STABLE), @"
        0 s: 200 errcode 0, <stable 1> for 7200 s
     6600 s: 200 errcode 0, <stable 1> for 600 s
     6900 s: 200 errcode 0, <stable 2> for 7200 s
    13500 s: 200 errcode 0, <stable 2> for 600 s
    13800 s: 200 errcode 0, <stable 3> for 7200 s
    ");
}

/// Whether the steady clock goes on meanwhile differs between systems.
#[tokio::test]
async fn after_a_sleep_of_25_hours_one_token_is_asked_for() {
    for steady_goes_on in [true, false] {
        let world = World::start().await;
        let clock = world.clock.clone();
        hours(&world, 3, |minute| match (minute, steady_goes_on) {
            (30, true) => clock.pass(25 * 3600),
            (30, false) => {
                clock.sleep(25 * 3600);
                clock.step(25 * 3600);
            }
            _ => {}
        })
        .await;
        assert_eq!(world.sim.transcript().len(), 3 * 60 + world.calls(STABLE), "no call was refused");
        insta::allow_duplicates! {
            insta::assert_snapshot!(world.timetable(STABLE), @"
                0 s: 200 errcode 0, <stable 1> for 7200 s
            91800 s: 200 errcode 0, <stable 2> for 7200 s
            98400 s: 200 errcode 0, <stable 2> for 600 s
            98700 s: 200 errcode 0, <stable 3> for 7200 s
            ");
        }
    }
}

/// A virtual machine that was stopped and whose clocks nobody has set: only the platform knows.
#[tokio::test]
async fn after_a_sleep_that_no_clock_noticed_the_refused_token_is_replaced_once() {
    let world = World::start().await;
    let clock = world.clock.clone();
    hours(&world, 3, |minute| clock.sleep(if minute == 30 { 25 * 3600 } else { 0 })).await;
    assert_eq!(world.sim.transcript().len(), 3 * 60 + 1 + world.calls(STABLE), "one call was refused");
    insta::assert_snapshot!(world.timetable(STABLE), @"
        0 s: 200 errcode 0, <stable 1> for 7200 s
    91800 s: 200 errcode 0, <stable 2> for 7200 s
    98400 s: 200 errcode 0, <stable 2> for 600 s
    98700 s: 200 errcode 0, <stable 3> for 7200 s
    ");
}
