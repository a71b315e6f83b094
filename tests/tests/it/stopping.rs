//! Ctrl-C in the middle of everything.

use crate::{hindered_store::Hindrance, limits::assert_ends};
use scenarios::{Setup, World};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use wx_channel::{EventStore, Store};
use wx_server::Limits;
use wx_sim::{DEFAULT_APP_ID, Mode};

/// Keeps a failure from hanging; nothing waits that long otherwise.
const BOUND: Duration = Duration::from_mins(1);

#[tokio::test]
async fn idle_connections_do_not_hold_up_the_end() {
    let mut limits = Limits::default();
    // Neither of these may be what ends it.
    (limits.header, limits.stop) = (Duration::from_hours(1), Duration::from_hours(1));
    let world = World::with(Setup { limits, ..Setup::new(Mode::Plain) }).await;
    let (callback, console) = (world.service.callback, world.service.console);
    let mut idle = TcpStream::connect(callback).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: wx\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"ok") {
        assert_ne!(idle.read_buf(&mut answer).await.unwrap(), 0, "kept alive");
    }

    timeout(BOUND, world.service.stop()).await.expect("it ends").unwrap();

    assert_ends(&mut idle).await;
    for address in [callback, console] {
        TcpListener::bind(address).await.unwrap_or_else(|error| panic!("{address} is not free: {error}"));
    }
}

#[tokio::test]
async fn a_push_that_is_being_stored_is_finished_and_answered() {
    let hindrance = Hindrance::closed();
    let store = {
        let hindrance = Arc::clone(&hindrance);
        move |store| -> Arc<dyn Store> { hindrance.of(store) }
    };
    let World { simulator, service, folder: _folder, .. } =
        World::with(Setup { store: Box::new(store), ..Setup::new(Mode::Safe) }).await;
    let kept = Arc::clone(&service.store);
    let account = DEFAULT_APP_ID.into();

    let stopping = async {
        hindrance.arrived.notified().await;
        let (callback, end) = (service.callback, service.stop());
        // It takes nothing new any more, but the push is still on its way to the disk.
        while TcpStream::connect(callback).await.is_ok() {}
        hindrance.open();
        end.await
    };
    let (delivery, end) =
        timeout(BOUND, async { tokio::join!(simulator.follow_plain("anna"), stopping) }).await.unwrap();

    end.unwrap();
    let delivery = delivery.unwrap();
    assert!(delivery.succeeded() && delivery.attempts.len() == 1, "{:?}", delivery.attempts);
    assert_eq!(kept.count(&account).await.unwrap(), 1);
}

#[tokio::test]
async fn after_a_restart_everything_is_there() {
    let world = World::start(Mode::Safe).await;
    let push = world.simulator.follow_plain("anna").await.unwrap().push;
    let report = world.service.report().await;

    let world = world.restart(Setup::new(Mode::Safe)).await;

    assert_eq!(world.service.report().await, report);
    assert!(world.simulator.redeliver(&push).await.succeeded());
    assert!(world.simulator.unfollow("anna").await.unwrap().succeeded());
    assert_eq!(world.service.stored().await, 2);
}
