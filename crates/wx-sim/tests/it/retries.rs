use crate::{
    receiver::{Reaction, Receiver},
    stage::{ANNA, Stage},
};
use std::{collections::HashSet, time::Duration};
use wx_sim::{Act, DEFAULT_AES_KEY, DEFAULT_SECRET, DEFAULT_TOKEN, Delivery, Mode, Options, Verdict};

fn verdicts(delivery: &Delivery) -> Vec<Verdict> {
    delivery.attempts.iter().map(|attempt| attempt.verdict).collect()
}

const BAD: Verdict = Verdict::Refused("the status is not 200");

#[tokio::test]
async fn a_failing_receiver_gets_three_deliveries_of_the_same_push() {
    let stage = Stage::start().await;
    let receiver = Receiver::start(|_, _| Reaction::Answer(502, String::new())).await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(verdicts(&delivery), [BAD; 3]);
    assert!(!delivery.succeeded());
    let seen = receiver.received();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|one| one.body == delivery.push.xml));
    let nonces: HashSet<_> = seen.iter().map(|one| one.query["nonce"].clone()).collect();
    assert_eq!(nonces.len(), 3, "every delivery is signed anew");
}

#[tokio::test]
async fn deliveries_end_with_the_first_answer_that_is_taken() {
    let stage = Stage::start().await;
    let receiver = Receiver::start(|number, _| match number {
        1 => Reaction::Cut,
        2 => Reaction::ok("success"),
        _ => Reaction::Hang,
    })
    .await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(verdicts(&delivery), [Verdict::Broken, Verdict::Acknowledged]);
    assert!(delivery.succeeded());
    assert_eq!(delivery.answers().count(), 1);
}

#[tokio::test]
async fn a_receiver_that_never_answers_times_out_three_times() {
    let stage = Stage::with(Options::default().time_limit(Duration::from_millis(20))).await;
    let receiver = Receiver::start(|_, _| Reaction::Hang).await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(verdicts(&delivery), [Verdict::TimedOut; 3]);
    assert_eq!(delivery.answers().count(), 0);
}

/// Time stands still while anything happens, and leaps while everybody waits.
#[tokio::test(start_paused = true)]
async fn the_platform_waits_five_seconds_for_each_answer() {
    let (stage, receiver) = (Stage::start().await, Receiver::start(|_, _| Reaction::Hang).await);
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    let begin = tokio::time::Instant::now();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(verdicts(&delivery), [Verdict::TimedOut; 3]);
    assert_eq!(begin.elapsed().as_secs(), 15);
}

#[tokio::test]
async fn nobody_at_the_address_is_tried_three_times() {
    let stage = Stage::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    stage.sim.configure(wx_sim::Callback::to(url)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(verdicts(&delivery), [Verdict::Unreachable; 3]);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let stage = Stage::start().await;
    let receiver = Receiver::start(|_, _| Reaction::ok("x".repeat(1024 * 1024 + 1))).await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(verdicts(&delivery), [Verdict::Broken; 3]);
}

#[tokio::test]
async fn lost_answers_bring_true_retries() {
    for (lost, expected) in [
        (0, vec![Verdict::Acknowledged]),
        (1, vec![Verdict::Lost, Verdict::Acknowledged]),
        (2, vec![Verdict::Lost, Verdict::Lost, Verdict::Acknowledged]),
        (3, vec![Verdict::Lost; 3]),
    ] {
        let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
        stage.sim.configure(receiver.callback(Mode::Safe)).unwrap();
        let delivery = stage.sim.act(Act::follow(ANNA).losing_answers(lost)).await.unwrap();
        assert_eq!(verdicts(&delivery), expected);
        assert_eq!(delivery.succeeded(), lost < 3);
        assert_eq!(delivery.answers().count(), expected.len());
        assert!(delivery.answers().all(|answer| answer.status == 200 && answer.text() == "success"));
        assert_eq!(receiver.received().len(), expected.len());
    }
}

#[tokio::test]
async fn a_push_can_be_delivered_once_more_later() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    stage.sim.follow_plain(ANNA).await.unwrap();
    let said = stage.sim.say(ANNA, "1").await.unwrap();
    stage.pass(60);
    let again = stage.sim.redeliver(&said.push).await;
    assert_eq!(again.push, said.push);
    assert_eq!(again.attempts.len(), 1);
    let seen = receiver.received();
    assert_eq!(seen[1].body, seen[2].body);
    assert_ne!(seen[1].query["timestamp"], seen[2].query["timestamp"]);
}

#[tokio::test]
async fn the_transcript_tells_it_in_order_and_without_secrets() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(receiver.callback(Mode::Safe)).unwrap();
    stage.create_with("76_wrong", "{}").await;
    let ticket = stage.ticket("shop-042").await;
    crate::http_client::get(&stage.url(&format!("/cgi-bin/showqrcode?ticket={ticket}"))).await;
    stage.sim.act(Act::scan(ANNA, &ticket).losing_answers(1)).await.unwrap();
    stage.sim.scan(ANNA, &ticket).await.unwrap();
    stage.sim.unfollow(ANNA).await.unwrap();
    stage.sim.verify_callback().await.unwrap();
    let transcript = stage.transcript();
    for secret in [DEFAULT_SECRET, DEFAULT_TOKEN, DEFAULT_AES_KEY, "76_"] {
        assert!(!transcript.contains(secret), "{transcript}");
    }
    insta::assert_snapshot!(transcript, @r#"
    1 call POST /cgi-bin/qrcode/create?access_token=<unknown token> {}: 200 errcode 40014, invalid access_token
    2 call GET /cgi-bin/token?grant_type=client_credential&appid=wx7a3f00c1d2e3b4a5&secret=[redacted]: 200 errcode 0, <classic 1> for 7200 s
    3 call POST /cgi-bin/qrcode/create?access_token=<classic 1> {"action_info":{"scene":{"scene_str":"shop-042"}},"action_name":"QR_LIMIT_STR_SCENE"}: 200 errcode 0, QR_LIMIT_STR_SCENE scene "shop-042" for ever
    4 call GET /cgi-bin/showqrcode?ticket=<code 1>: 200 errcode 0, a picture
    5 push 1 subscribe qrscene_shop-042 oK7tV5xA2bQm9Lr0PzYc3NdEfGhI safe, delivery 1: answer lost
    6 push 1 subscribe qrscene_shop-042 oK7tV5xA2bQm9Lr0PzYc3NdEfGhI safe, delivery 2: acknowledged
    7 push 2 SCAN shop-042 oK7tV5xA2bQm9Lr0PzYc3NdEfGhI safe, delivery 1: acknowledged
    8 push 3 unsubscribe - oK7tV5xA2bQm9Lr0PzYc3NdEfGhI safe, delivery 1: acknowledged
    9 callback check: failed
    "#);
}
