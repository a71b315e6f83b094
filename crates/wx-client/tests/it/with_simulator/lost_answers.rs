//! The platform has made the code, and its answer is lost: a place of 100 000 is gone, and nobody knows.

use super::world::{CREATE, World};
use std::fmt::Write;
use wx_sim::Fault;

#[tokio::test]
async fn a_thousand_lost_answers_make_a_thousand_codes_and_not_one_more() {
    let world = World::with(|options| options.transcript_limit(5_000)).await;
    world.sim.inject(Fault::timeout().after_effect().on(CREATE).times(1_000)).unwrap();
    for scene in 1..=1_000 {
        let error = world.place(scene).await.unwrap_err();
        assert!(error.may_have_been_done(), "{error}");
    }
    assert_eq!((world.calls(CREATE), world.sim.codes().len()), (1_000, 1_000));
    // None of the thousand was tried again; the next one is a call like any other.
    world.place(1_001).await.unwrap();
    assert_eq!((world.calls(CREATE), world.sim.codes().len()), (1_001, 1_001));
}

#[tokio::test]
async fn however_the_answer_is_lost_the_outcome_is_said_to_be_unknown() {
    let world = World::start().await;
    let mut said = String::new();
    for fault in [
        Fault::timeout(),
        Fault::reset(),
        Fault::cut_json(),
        Fault::cut_body(),
        Fault::html(),
        Fault::empty(),
        Fault::drip(),
        Fault::huge(),
        Fault::status(502),
        Fault::errcode(-1),
        Fault::redirect("http://else.test/"),
    ] {
        let name = fault.to_string();
        world.sim.inject(fault.after_effect().on(CREATE)).unwrap();
        let made = world.sim.codes().len();
        let error = world.place(7).await.unwrap_err();
        assert_eq!(world.sim.codes().len(), made + 1, "{name}");
        assert!(error.may_have_been_done(), "{name}: {error}");
        writeln!(said, "{name}\n  {error}\n  {}", error.in_chinese()).unwrap();
    }
    insta::assert_snapshot!("unknown_outcomes", said);
}

/// The control: what surely was not done is repeated.
#[tokio::test]
async fn what_surely_was_not_done_may_be_done_again() {
    let world = World::start().await;
    world.sim.inject(Fault::errcode(42001).on(CREATE)).unwrap();
    world.place(7).await.unwrap();
    assert_eq!((world.calls(CREATE), world.sim.codes().len()), (2, 1));
}
