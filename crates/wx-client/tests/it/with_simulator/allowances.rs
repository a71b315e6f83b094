//! What is used up is not asked for again.

use super::world::{CREATE, TAGS, World};
use wx_model::ErrCode;

#[tokio::test]
async fn when_the_places_are_taken_the_platform_is_left_alone() {
    let world = World::with(|options| options.permanent_cap(3)).await;
    let mut outcomes = Vec::new();
    for scene in 1..=20 {
        outcomes.push(world.place(scene).await.map_or_else(|error| error.errcode(), |_| Some(ErrCode::OK)));
        world.clock.pass(86_400);
    }
    assert_eq!(outcomes[..3], [Some(ErrCode::OK); 3]);
    assert!(outcomes[3..].iter().all(|code| *code == Some(ErrCode::QRCODE_COUNT_LIMIT)));
    assert_eq!((world.calls(CREATE), world.sim.codes().len()), (4, 3));
    insta::assert_snapshot!(world.timetable(CREATE), @r#"
         0 s: 200 errcode 0, QR_LIMIT_SCENE scene "1" for ever
     86400 s: 200 errcode 0, QR_LIMIT_SCENE scene "2" for ever
    172800 s: 200 errcode 0, QR_LIMIT_SCENE scene "3" for ever
    259200 s: 200 errcode 45029, qrcode count out of limit
    "#);

    let error = world.place(21).await.unwrap_err();
    assert!(error.is_held_back() && error.is_quota() && !error.is_retryable() && !error.may_have_been_done());
    insta::assert_snapshot!(error, @r#"/cgi-bin/qrcode/create is held back: an earlier call was refused with 45029 qrcode_count_limit: qrcode/create: the permanent-code allowance (100,000 per account) is used up; it never refills, switch to temporary codes; the platform says "qrcode count out of limit rid: 6959e5c0-6f1dcf73-6cd2330e"; never repeat: the 100000 permanent codes of the account are used up and cannot be given back. Use temporary codes (up to 30 days), or give a retired permanent code a new meaning; nothing was sent, nor will be until this process starts anew"#);
}

/// Another account's worth of places, say: the operator knows better, and the rest is made.
#[tokio::test]
async fn the_operator_lets_a_stopped_series_go_on() {
    let world = World::with(|options| options.permanent_cap(3)).await;
    let mut left: Vec<u32> = (1..=10).collect();
    while world.place(left[0]).await.is_ok() {
        left.remove(0);
    }
    world.sim.change(|options| options.permanent_cap(100)).unwrap();
    assert!(world.place(left[0]).await.unwrap_err().is_held_back());
    world.client.lift_quota_guard();
    for scene in left {
        world.place(scene).await.unwrap();
    }
    let made: Vec<String> = world.sim.codes().iter().map(|code| code.scene.clone()).collect();
    assert_eq!(made, (1..=10).map(|scene| scene.to_string()).collect::<Vec<_>>(), "each once");
}

#[tokio::test]
async fn a_used_up_day_is_silent_until_midnight_in_beijing() {
    let world = World::with(|options| options.daily_limit(TAGS, 2)).await;
    for _quarter in 0..4 * 12 {
        world.tags().await.ok();
        world.clock.pass(900);
    }
    world.tags().await.unwrap();
    insta::assert_snapshot!(world.timetable(TAGS), @"
        0 s: 200 errcode 0, 1 tags
      900 s: 200 errcode 0, 1 tags
     1800 s: 200 errcode 45009, reach max api daily quota limit
    43200 s: 200 errcode 0, 1 tags
    ");
}

#[tokio::test]
async fn a_used_up_minute_is_silent_for_a_minute() {
    let world = World::with(|options| options.minute_limit(TAGS, 2)).await;
    for _second in 0..90 {
        world.tags().await.ok();
        world.clock.pass(1);
    }
    insta::assert_snapshot!(world.timetable(TAGS), @"
     0 s: 200 errcode 0, 1 tags
     1 s: 200 errcode 0, 1 tags
     2 s: 200 errcode 45011, api minute-quota reach limit, must slower, retry next minute
    62 s: 200 errcode 0, 1 tags
    63 s: 200 errcode 0, 1 tags
    64 s: 200 errcode 45011, api minute-quota reach limit, must slower, retry next minute
    ");
}
