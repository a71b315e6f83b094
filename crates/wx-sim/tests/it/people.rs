use crate::{
    receiver::Receiver,
    stage::{ANNA, BEN, Stage},
};
use std::{collections::BTreeSet, sync::Arc};
use tokio::task::JoinSet;
use wx_sim::{Delivery, Error, Mode};

fn seen(result: Result<Delivery, Error>) -> (String, String) {
    let push = result.unwrap().push;
    (push.kind, push.event_key)
}

fn is(kind: &str, key: &str) -> (String, String) {
    (kind.to_owned(), key.to_owned())
}

#[tokio::test]
async fn a_scan_follows_first_and_scans_afterwards() {
    let stage = Stage::start().await;
    let (sim, ticket) = (&stage.sim, stage.ticket("shop-042").await);
    assert_eq!(seen(sim.scan(ANNA, &ticket).await), is("subscribe", "qrscene_shop-042"));
    assert_eq!(seen(sim.scan(ANNA, &ticket).await), is("SCAN", "shop-042"));
    assert_eq!(seen(sim.scan(BEN, &ticket).await), is("subscribe", "qrscene_shop-042"));
    assert_eq!(seen(sim.unfollow(ANNA).await), is("unsubscribe", ""));
    assert_eq!(seen(sim.scan(ANNA, &ticket).await), is("subscribe", "qrscene_shop-042"));
}

#[tokio::test]
async fn a_plain_follow_brings_no_scene_and_counts_as_a_follow() {
    let stage = Stage::start().await;
    let (sim, ticket) = (&stage.sim, stage.ticket("shop-042").await);
    assert_eq!(seen(sim.follow_plain(ANNA).await), is("subscribe", ""));
    assert_eq!(seen(sim.scan(ANNA, &ticket).await), is("SCAN", "shop-042"));
    assert_eq!(seen(sim.say(ANNA, "hello").await), is("text", ""));
}

#[tokio::test]
async fn what_brings_no_push_is_an_error() {
    let stage = Stage::start().await;
    let sim = &stage.sim;
    assert!(matches!(sim.unfollow(ANNA).await, Err(Error::NotFollowing)));
    assert!(matches!(sim.say(ANNA, "hello").await, Err(Error::NotFollowing)));
    assert!(matches!(sim.scan(ANNA, "gQH").await, Err(Error::UnknownTicket)));
    sim.follow_plain(ANNA).await.unwrap();
    assert!(matches!(sim.follow_plain(ANNA).await, Err(Error::AlreadyFollowing)));
    sim.unfollow(ANNA).await.unwrap();
    assert!(matches!(sim.unfollow(ANNA).await, Err(Error::NotFollowing)));
    let push = sim.follow_plain(BEN).await.unwrap().push;
    assert_eq!(push.number, 3, "refused acts take no number");
}

#[tokio::test]
async fn an_expired_code_pushes_nothing_and_makes_nobody_follow() {
    let stage = Stage::start().await;
    let created =
        stage.create(r#"{"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"a"}}}"#).await;
    let ticket = created["ticket"].as_str().unwrap();
    stage.pass(59);
    stage.sim.scan(ANNA, ticket).await.unwrap();
    stage.pass(1);
    assert!(matches!(stage.sim.scan(ANNA, ticket).await, Err(Error::ExpiredTicket)));
    assert!(matches!(stage.sim.scan(BEN, ticket).await, Err(Error::ExpiredTicket)));
    assert!(matches!(stage.sim.unfollow(BEN).await, Err(Error::NotFollowing)));
}

#[tokio::test]
async fn openids_and_texts_that_cannot_travel_are_refused() {
    let stage = Stage::start().await;
    let sim = &stage.sim;
    for bad in ["", "a b", "a&b", "]]>", "渠", &"a".repeat(65)] {
        assert!(matches!(sim.follow_plain(bad).await, Err(Error::OpenId)), "{bad}");
    }
    sim.follow_plain(ANNA).await.unwrap();
    for bad in ["", "a\0", "\u{1b}", "\u{ffff}", &"a".repeat(2049)] {
        assert!(matches!(sim.say(ANNA, bad).await, Err(Error::Text)), "{bad:?}");
    }
    sim.say(ANNA, "two\nlines\tof ]]> text").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_people_act_at_once() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(receiver.callback(Mode::Safe)).unwrap();
    let ticket = stage.ticket("shop-042").await;
    let stage = Arc::new(stage);
    let mut people = JoinSet::new();
    for number in 0..200 {
        let (stage, ticket) = (Arc::clone(&stage), ticket.clone());
        people.spawn(async move { stage.sim.scan(&format!("person-{number}"), &ticket).await.unwrap() });
    }
    let deliveries = people.join_all().await;
    assert!(deliveries.iter().all(|delivery| delivery.succeeded() && delivery.push.kind == "subscribe"));
    let numbers: BTreeSet<u64> = deliveries.iter().map(|delivery| delivery.push.number).collect();
    assert_eq!(numbers, (1..=200).collect());
    assert_eq!(receiver.received().len(), 200);
}

#[tokio::test]
async fn without_an_address_the_act_happens_and_the_push_is_lost() {
    let stage = Stage::start().await;
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert!(delivery.attempts.is_empty() && !delivery.succeeded() && delivery.reply().is_none());
    assert!(matches!(stage.sim.follow_plain(ANNA).await, Err(Error::AlreadyFollowing)));
    assert!(matches!(stage.sim.verify_callback().await, Err(Error::NoCallback)));
}
