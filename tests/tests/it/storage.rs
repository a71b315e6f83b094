//! What is not on disk is not answered with success, and so comes again.

use crate::{hindered_store::Hindrance, whole_loop::content};
use scenarios::{Setup, World, four_kinds};
use std::{sync::Arc, time::Duration};
use wx_server::Limits;
use wx_sim::Mode;
use wx_store::SqliteOptions;

fn hindered(hindrance: Arc<Hindrance>) -> Setup {
    Setup { store: Box::new(|store| hindrance.of(store)), ..Setup::new(Mode::Safe) }
}

#[tokio::test]
async fn a_push_that_could_not_be_kept_is_stored_once_when_it_comes_again() {
    let world = World::with(hindered(Hindrance::failing(2))).await;
    let (channel, request) = &four_kinds()[0];
    let code = world.create(channel, request).await;

    let delivery = world.simulator.scan("anna", code.ticket.as_str()).await.unwrap();

    let statuses: Vec<_> = delivery.answers().map(|answer| answer.status).collect();
    assert_eq!(statuses, [503, 503, 200]);
    assert_eq!(delivery.reply().map(content), channel.welcome);
    assert_eq!(world.service.stored().await, 1);
}

#[tokio::test]
async fn after_a_longer_failure_the_push_is_still_taken() {
    let world = World::with(hindered(Hindrance::failing(3))).await;
    let delivery = world.simulator.follow_plain("anna").await.unwrap();
    assert_eq!((delivery.succeeded(), world.service.stored().await), (false, 0));
    assert!(world.simulator.redeliver(&delivery.push).await.succeeded());
    assert_eq!(world.service.stored().await, 1);
}

#[tokio::test]
async fn a_store_that_hangs_is_not_waited_for() {
    let mut limits = Limits::default();
    limits.answer = Duration::from_millis(20);
    let world = World::with(Setup { limits, ..hindered(Hindrance::closed()) }).await;

    let delivery = world.simulator.follow_plain("anna").await.unwrap();
    let statuses: Vec<_> = delivery.answers().map(|answer| answer.status).collect();
    assert_eq!((statuses, world.service.stored().await), (vec![503; 3], 0));

    let world = world.restart(Setup::new(Mode::Safe)).await;
    assert!(world.simulator.redeliver(&delivery.push).await.succeeded());
    assert_eq!(world.service.stored().await, 1);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_answered_with_success() {
    let small = SqliteOptions::default().max_bytes(128 * 1024);
    let world = World::with(Setup { sqlite: small, ..Setup::new(Mode::Plain) }).await;
    let mut taken = 0;
    let refused = loop {
        let delivery = world.simulator.follow_plain(&format!("follower-{taken}")).await.unwrap();
        if !delivery.succeeded() {
            break delivery;
        }
        taken += 1;
        assert!(taken < 10_000, "the database never fills up");
    };
    assert!(refused.answers().all(|answer| answer.status == 503) && refused.answers().count() == 3);
    assert_eq!(world.service.stored().await, taken);

    // Somebody makes room and starts the service again.
    let world = world.restart(Setup::new(Mode::Plain)).await;
    assert!(world.simulator.redeliver(&refused.push).await.succeeded());
    assert_eq!(world.service.stored().await, taken + 1);
}
