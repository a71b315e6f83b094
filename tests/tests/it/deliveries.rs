//! The platform delivers again; the figures do not change.

use crate::whole_loop::content;
use scenarios::{World, four_kinds};
use wx_sim::{Act, Mode, Verdict};

const MODES: [Mode; 3] = [Mode::Plain, Mode::Compatible, Mode::Safe];

#[tokio::test]
async fn a_retry_finds_its_row_and_gets_the_same_answer() {
    for mode in MODES {
        for lost in [1, 2] {
            let world = World::start(mode).await;
            let (channel, request) = &four_kinds()[0];
            let code = world.create(channel, request).await;

            let act = Act::scan("anna", code.ticket.as_str()).losing_answers(lost);
            let delivery = world.simulator.act(act).await.unwrap();

            let verdicts: Vec<_> = delivery.attempts.iter().map(|attempt| attempt.verdict).collect();
            assert_eq!(verdicts.len(), lost + 1);
            assert!(verdicts[..lost].iter().all(|verdict| *verdict == Verdict::Lost));
            let answers: Vec<_> = delivery.answers().map(|answer| answer.reply.as_deref().unwrap()).collect();
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
            assert_eq!(Some(content(answers[0])), channel.welcome);
            assert_eq!(world.service.stored().await, 1);
        }
    }
}

#[tokio::test]
async fn a_duplicate_that_comes_much_later_is_the_same_push() {
    for mode in MODES {
        let world = World::start(mode).await;
        let (channel, request) = &four_kinds()[3];
        let code = world.create(channel, request).await;
        let first = world.simulator.scan("anna", code.ticket.as_str()).await.unwrap();
        let message = world.simulator.say("anna", "你好").await.unwrap();
        world.simulator.unfollow("anna").await.unwrap();
        let report = world.service.report().await;

        world.clock.advance(3 * 86_400);
        let again = world.simulator.redeliver(&first.push).await;
        assert!(world.simulator.redeliver(&message.push).await.succeeded());

        assert_eq!(again.reply().map(content), channel.welcome);
        assert_eq!(world.service.stored().await, 3);
        assert_eq!(world.service.report().await, report);
    }
}

#[tokio::test]
async fn deliveries_of_one_push_at_the_same_time_are_one_row() {
    let world = World::start(Mode::Safe).await;
    let (channel, request) = &four_kinds()[1];
    let code = world.create(channel, request).await;
    let push = world.simulator.scan("anna", code.ticket.as_str()).await.unwrap().push;
    let again = || world.simulator.redeliver(&push);

    let (a, b, c, d) = tokio::join!(again(), again(), again(), again());

    for delivery in [a, b, c, d] {
        assert_eq!(delivery.reply().map(content), channel.welcome);
    }
    assert_eq!(world.service.stored().await, 1);
}

#[tokio::test]
async fn what_the_platform_gave_up_is_counted_if_it_had_arrived() {
    let world = World::start(Mode::Plain).await;
    let delivery = world.simulator.act(Act::follow("anna").losing_answers(3)).await.unwrap();
    assert_eq!((delivery.succeeded(), delivery.attempts.len()), (false, 3));
    assert_eq!(world.service.stored().await, 1);
}
