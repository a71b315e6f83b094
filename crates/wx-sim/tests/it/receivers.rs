use crate::{
    http_client::{get, post},
    receiver::{Reaction, Receiver},
    stage::{ANNA, BEN, START, Stage},
};
use serde_json::json;
use std::collections::HashSet;
use wx_sim::{Act, Callback, Delivery, Error, FAILURE_TEXT, Mode, Options, Order, Shown};

const OTHER_APP: &str = "wx9c00c1d2e3b4a5f6";

async fn failing() -> Receiver {
    Receiver::start(|_, _| Reaction::Answer(500, String::new())).await
}

#[tokio::test]
async fn two_servers_hear_of_everything_each_in_its_own_mode() {
    let (stage, own, second) =
        (Stage::start().await, Receiver::that_says("success").await, Receiver::that_says("").await);
    stage.sim.configure(own.callback(Mode::Plain)).unwrap();
    let other = second.callback(Mode::Safe).token("Second2").app_id(OTHER_APP);
    stage.sim.change(|options| options.second_callback(other)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert!(delivery.succeeded() && delivery.others[0].succeeded());
    assert_eq!((delivery.others[0].receiver, delivery.others.len()), ("second", 1));
    assert_eq!(own.received()[0].body, delivery.push.xml);

    let seen = &second.received()[0];
    let encrypt = seen.body.split("<Encrypt><![CDATA[").nth(1).unwrap().split("]]>").next().unwrap();
    let query = |name: &str| seen.query[name].as_str();
    assert!(wx_crypto::verify(
        query("msg_signature"),
        ["Second2", query("timestamp"), query("nonce"), encrypt]
    ));
    let key = wx_sim::DEFAULT_AES_KEY.parse().unwrap();
    assert_eq!(wx_crypto::open(&key, OTHER_APP, encrypt).unwrap(), delivery.push.xml.as_bytes());
    insta::assert_snapshot!(stage.transcript(), @"
    1 push 1 subscribe - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 1: acknowledged
    2 push 1 subscribe - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI safe to second, delivery 1: acknowledged
    ");
}

#[tokio::test]
async fn one_server_that_fails_is_enough_for_the_failure_text() {
    let (stage, good, bad) = (Stage::start().await, Receiver::that_says("success").await, failing().await);
    stage.sim.configure(good.callback(Mode::Plain)).unwrap();
    assert_eq!(stage.sim.follow_plain(ANNA).await.unwrap().shown(), Shown::Nothing);
    let body = json!({ "second": true, "url": bad.url(), "mode": "safe", "app_id": OTHER_APP });
    let answer = post(&stage.url("/sim/callback"), body.to_string()).await.json();
    assert_eq!(answer, json!({ "url": bad.url(), "mode": "safe" }));
    let delivery = stage.sim.unfollow(ANNA).await.unwrap();
    assert!(delivery.succeeded() && delivery.shown() == Shown::Failure);
    assert_eq!((good.received().len(), bad.received().len()), (2, 3));
    let answer = post(&stage.url("/sim/follow"), json!({ "openid": ANNA }).to_string()).await.json();
    assert_eq!((&answer["shown"], &answer["others"][0]["succeeded"]), (&json!(FAILURE_TEXT), &json!(false)));
}

#[tokio::test]
async fn a_server_that_fails_too_often_is_left_alone_for_a_minute() {
    let stage = Stage::with(Options::default().mark_fail_after(2)).await;
    let receiver = failing().await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage.sim.follow_plain(BEN).await.unwrap();
    let lost = stage.sim.say(ANNA, "hello").await.unwrap();
    assert!(lost.is_stopped && lost.attempts.is_empty() && lost.shown() == Shown::Nothing);
    stage.pass(59);
    assert!(stage.sim.say(ANNA, "hello").await.unwrap().is_stopped);
    assert_eq!(receiver.received().len(), 6);
    stage.pass(1);
    assert_eq!(stage.sim.say(ANNA, "hello").await.unwrap().attempts.len(), 3, "then it is tried again");
    insta::assert_snapshot!(stage.transcript(), @"
    1 push 1 subscribe - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 1: refused, the status is not 200
    2 push 1 subscribe - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 2: refused, the status is not 200
    3 push 1 subscribe - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 3: refused, the status is not 200
    4 push 2 subscribe - oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ plain, delivery 1: refused, the status is not 200
    5 push 2 subscribe - oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ plain, delivery 2: refused, the status is not 200
    6 push 2 subscribe - oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ plain, delivery 3: refused, the status is not 200
    7 MarkFail: nothing is pushed to account for 60 s after 2 failures in a row, the last: refused, the status is not 200
    8 push 3 is lost to account: MarkFail
    9 push 4 is lost to account: MarkFail
    10 push 5 text - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 1: refused, the status is not 200
    11 push 5 text - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 2: refused, the status is not 200
    12 push 5 text - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI plain, delivery 3: refused, the status is not 200
    ");
}

#[tokio::test]
async fn a_success_begins_the_count_anew() {
    let stage = Stage::with(Options::default().mark_fail_after(2)).await;
    let receiver = Receiver::start(|number, _| match number {
        4 => Reaction::ok("success"),
        _ => Reaction::Cut,
    })
    .await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    stage.sim.follow_plain(ANNA).await.unwrap();
    assert!(stage.sim.say(ANNA, "1").await.unwrap().succeeded());
    stage.sim.say(ANNA, "2").await.unwrap();
    assert!(!stage.sim.say(ANNA, "3").await.unwrap().is_stopped);
    assert!(stage.sim.say(ANNA, "4").await.unwrap().is_stopped);
}

#[tokio::test]
async fn retries_may_repeat_the_nonce_and_the_envelope() {
    for (repeat, nonces) in [(false, 3), (true, 1)] {
        let stage = Stage::with(Options::default().retries_repeat_nonce(repeat)).await;
        let receiver = failing().await;
        stage.sim.configure(receiver.callback(Mode::Safe)).unwrap();
        stage.sim.follow_plain(ANNA).await.unwrap();
        let seen = receiver.received();
        let different: HashSet<_> =
            seen.iter().map(|one| (one.query["nonce"].clone(), one.body.clone())).collect();
        assert_eq!((seen.len(), different.len()), (3, nonces));
    }
}

fn kinds(deliveries: &[Delivery]) -> Vec<(u64, &str)> {
    deliveries.iter().map(|delivery| (delivery.push.number, delivery.push.kind.as_str())).collect()
}

#[tokio::test]
async fn held_pushes_are_released_in_any_order() {
    for order in [Order::Happened, Order::Reversed, Order::Shuffled] {
        let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
        stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
        stage.sim.hold_pushes();
        let held = stage.sim.follow_plain(ANNA).await.unwrap();
        assert!(held.is_held && held.attempts.is_empty());
        stage.sim.act(Act::say(ANNA, "1").losing_answers(1)).await.unwrap();
        stage.sim.unfollow(ANNA).await.unwrap();
        assert!(receiver.received().is_empty());
        let released = stage.sim.release_pushes(order).await;
        assert!(released.iter().all(Delivery::succeeded));
        assert_eq!(receiver.received().len(), 4, "the lost answer brings its retry");
        let expected = match order {
            Order::Happened => vec![(1, "subscribe"), (2, "text"), (3, "unsubscribe")],
            Order::Reversed => vec![(3, "unsubscribe"), (2, "text"), (1, "subscribe")],
            _ => vec![(1, "subscribe"), (3, "unsubscribe"), (2, "text")],
        };
        assert_eq!(kinds(&released), expected, "{order}");
        assert!(!stage.sim.follow_plain(ANNA).await.unwrap().is_held);
    }
}

#[tokio::test]
async fn no_more_than_a_thousand_pushes_are_held() {
    let stage = Stage::start().await;
    stage.sim.hold_pushes();
    for number in 0..1000 {
        stage.sim.follow_plain(&format!("p{number}")).await.unwrap();
    }
    assert!(matches!(stage.sim.follow_plain(ANNA).await, Err(Error::TooManyHeld)));
    assert_eq!(stage.sim.person(ANNA), None, "a refused act changes nothing");
    assert_eq!(stage.sim.release_pushes(Order::Happened).await.len(), 1000);
    assert!(!stage.sim.follow_plain(ANNA).await.unwrap().is_held);
}

#[tokio::test]
async fn pushes_are_held_and_released_over_http() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    post(&stage.url("/sim/hold"), "").await;
    let answer = post(&stage.url("/sim/follow"), json!({ "openid": ANNA }).to_string()).await.json();
    assert_eq!((&answer["held"], &answer["succeeded"]), (&json!(true), &json!(false)));
    stage.sim.say(ANNA, "1").await.unwrap();
    let answer = post(&stage.url("/sim/release"), r#"{"order":"reversed"}"#).await.json();
    assert_eq!(
        (&answer[0]["push"]["kind"], &answer[1]["push"]["kind"]),
        (&json!("text"), &json!("subscribe"))
    );
    assert_eq!(post(&stage.url("/sim/release"), "{}").await.json(), json!([]));
    let answer = post(&stage.url("/sim/release"), r#"{"order":"sideways"}"#).await;
    assert!(answer.status == 400 && answer.text().contains("`shuffled`"));
}

#[tokio::test]
async fn what_was_answered_can_be_read_later() {
    let (stage, receiver) =
        (Stage::start().await, Receiver::start(|_, _| Reaction::ok("x".repeat(10_000))).await);
    stage.sim.follow_plain(BEN).await.unwrap();
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    stage.sim.follow_plain(ANNA).await.unwrap();
    let all = get(&stage.url("/sim/deliveries")).await.json();
    assert_eq!(all["deliveries"].as_array().unwrap().len(), 2);
    let later = get(&stage.url("/sim/deliveries?after=1")).await.json();
    let last = &later["deliveries"][0];
    assert_eq!(
        (&last["number"], &last["time"], &last["push"]["openid"]),
        (&json!(2), &json!(START), &json!(ANNA))
    );
    assert_eq!(last["attempts"][2]["answer"]["body"].as_str().unwrap().len(), 8192, "long answers are cut");
}

#[tokio::test]
async fn the_secrets_of_a_callback_change_over_http_and_do_not_show() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    let body = json!({ "url": receiver.url(), "token": "Another1", "aes_key": "a".repeat(43) });
    let answer = post(&stage.url("/sim/callback"), body.to_string()).await;
    assert!(answer.status == 200 && !answer.text().contains("Another1"));
    stage.sim.follow_plain(ANNA).await.unwrap();
    let query = &receiver.received()[0].query;
    assert!(wx_crypto::verify(&query["signature"], ["Another1", &query["timestamp"], &query["nonce"]]));
    for body in [json!({ "aes_key": "short" }), json!({ "token": "a" }), json!({ "app_id": "wx" })] {
        assert_eq!(post(&stage.url("/sim/callback"), body.to_string()).await.status, 400, "{body}");
    }
    assert!(stage.sim.configure(Callback::default().app_id("wx")).is_err());
}
