//! The time of the platform: what is answered when, and who runs on.

use super::{Gate, Wakes, answered, made, ready, scan, some_deadline, text};
use std::{
    future::pending,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};
use wx_events::{Answer, Later, Outcome, RoutedPush, Router, Rule, with_state};
use wx_model::{CustomMessage, Reply};

/// A router whose one handler waits for `gate` and replies.
fn waiting(gate: &Gate) -> Router {
    let handler = async |push: RoutedPush, gate: Gate| {
        gate.await;
        Reply::text(format!("to {}", push.from_user))
    };
    Router::new().on(Rule::any_message(), with_state(gate.clone(), handler))
}

fn poll<F: Future>(future: Pin<&mut F>, wakes: &Arc<Wakes>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(&Arc::clone(wakes).into()))
}

fn expect_ready<T>(poll: Poll<T>) -> T {
    match poll {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}

#[test]
fn a_handler_in_time_replies_and_nothing_comes_later() {
    let (gate, timer, wakes) = (Gate::default(), Gate::default(), Arc::default());
    let (router, push) = (waiting(&gate), text("hi"));
    let mut answering = pin!(router.answer(&push, some_deadline(), timer));
    assert!(poll(answering.as_mut(), &wakes).is_pending());
    assert_eq!(wakes.count(), 0);
    gate.open();
    assert_eq!(wakes.count(), 1, "the handler wakes the router");
    let outcome = expect_ready(poll(answering.as_mut(), &wakes));
    assert_eq!(outcome.reply, Reply::text("to o1"));
    assert!(outcome.later.is_none() && outcome.error.is_none());
}

#[test]
fn a_late_handler_runs_on_and_its_reply_becomes_a_message() {
    let (gate, timer, wakes) = (Gate::default(), Gate::default(), Arc::default());
    let (router, push) = (waiting(&gate), text("hi"));
    let outcome = {
        let mut answering = pin!(router.answer(&push, some_deadline(), timer.clone()));
        assert!(poll(answering.as_mut(), &wakes).is_pending());
        timer.open();
        assert_eq!(wakes.count(), 1, "the timer wakes the router");
        expect_ready(poll(answering.as_mut(), &wakes))
    };
    assert_eq!((&outcome.reply, outcome.rule.as_deref()), (&Reply::None, Some("any message")));
    assert!(outcome.error.is_none());

    // It outlives the router and the push, and wakes whoever polls it now.
    drop((router, push));
    let (mut later, wakes) = (pin!(outcome.later.unwrap()), Arc::default());
    assert!(poll(later.as_mut(), &wakes).is_pending());
    gate.open();
    assert_eq!(wakes.count(), 1);
    let messages = expect_ready(poll(later.as_mut(), &wakes)).unwrap();
    assert_eq!(messages, [CustomMessage::text("o1", "to o1")]);
}

#[test]
fn a_handler_that_is_ready_wins_against_a_timer_that_is_ready() {
    let router = Router::new().on(Rule::scan(), async |_| Reply::text("in time"));
    let outcome = ready(router.answer(&scan("1"), some_deadline(), async {}));
    assert_eq!(outcome.reply, Reply::text("in time"));
}

#[test]
fn the_timer_is_not_looked_at_when_nobody_answers() {
    let timer = async { panic!("polled") };
    let outcome = ready(Router::new().answer(&scan("1"), some_deadline(), timer));
    assert_eq!(outcome.rule, None);
}

#[test]
fn handlers_see_the_deadline_and_their_rule() {
    let deadline = some_deadline();
    let handler = async |push: RoutedPush, deadline| {
        assert_eq!(push.deadline(), deadline);
        Reply::text(format!("{} {} {}", push.rule(), push.name(), push.scene_scan().unwrap().scene))
    };
    let router = Router::new().on(Rule::scan().named("scans"), with_state(deadline, handler));
    let outcome = ready(router.answer(&scan("7"), deadline, pending::<()>()));
    assert_eq!(outcome.reply, Reply::text("scans SCAN 7"));
}

#[test]
fn a_handler_may_answer_later_on_its_own() {
    let router = Router::new().on(Rule::scan(), async |push: RoutedPush| {
        let openid = push.from_user.clone();
        Answer::later(async move {
            Ok(vec![CustomMessage::text(openid.clone(), "one"), CustomMessage::text(openid, "two")])
        })
    });
    let outcome = answered(&router, &scan("1"));
    assert_eq!(outcome.reply, Reply::None);
    let messages = ready(outcome.later.unwrap()).unwrap();
    assert_eq!(messages, [CustomMessage::text("o1", "one"), CustomMessage::text("o1", "two")]);
}

#[test]
fn nothing_is_run_before_it_is_polled() {
    let router = Router::new().on(Rule::scan(), async |_| Later::new(async { panic!("run") }));
    drop(router.answer(&scan("1"), some_deadline(), pending::<()>()));
    assert!(answered(&router, &scan("1")).later.is_some());
}

#[test]
fn errors_go_to_the_caller_and_success_to_the_person() {
    async fn failing(_: RoutedPush) -> Result<Reply, std::num::ParseIntError> {
        Ok(Reply::text("x".parse::<u8>()?.to_string()))
    }
    let outcome = answered(&Router::new().on(Rule::scan(), failing), &scan("1"));
    assert_eq!((&outcome.reply, outcome.rule.as_deref()), (&Reply::None, Some("scan")));
    let error = outcome.error.unwrap();
    assert!(error.is::<std::num::ParseIntError>());
    assert!(outcome.later.is_none());
}

#[test]
fn every_shape_of_an_answer_is_taken() {
    let of = |router: Router| -> Outcome { answered(&router, &scan("1")) };
    let on = |reply: Reply| Router::new().on(Rule::scan(), move |_| std::future::ready(reply.clone()));
    assert_eq!(of(on(Reply::text("a"))).reply, Reply::text("a"));
    assert_eq!(of(Router::new().on(Rule::scan(), async |_| ())).reply, Reply::None);
    assert_eq!(of(Router::new().on(Rule::scan(), async |_| Ok::<_, String>(()))).reply, Reply::None);
    assert_eq!(of(Router::new().on(Rule::scan(), async |_| None::<Reply>)).reply, Reply::None);
    assert_eq!(of(Router::new().on(Rule::scan(), async |_| Some(Reply::text("c")))).reply, Reply::text("c"));
    let nested = async |_| Ok::<Answer, String>(Reply::text("b").into());
    assert_eq!(of(Router::new().on(Rule::scan(), nested)).reply, Reply::text("b"));
    let failed = of(Router::new().on(Rule::scan(), async |_| Err::<Reply, _>("why".to_owned())));
    assert_eq!(failed.error.unwrap().to_string(), "why");
}

#[test]
fn a_panic_reaches_the_caller_and_the_router_goes_on() {
    let router = Router::new()
        .on(Rule::scan(), async |_| -> Reply { panic!("the handler's own") })
        .on(Rule::any_message(), async |_| Reply::text("fine"));
    let panic = catch_unwind(AssertUnwindSafe(|| answered(&router, &scan("1")))).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"the handler's own"));
    assert_eq!(answered(&router, &text("hi")).reply, Reply::text("fine"));
}

#[test]
fn a_panic_after_the_deadline_reaches_whoever_polls() {
    let gate = Gate::default();
    let handler = async |_, gate: Gate| -> Reply {
        gate.await;
        panic!("late")
    };
    let router = Router::new().on(Rule::scan(), with_state(gate.clone(), handler));
    let outcome = ready(router.answer(&scan("1"), some_deadline(), async {}));
    gate.open();
    assert!(catch_unwind(AssertUnwindSafe(|| ready(outcome.later.unwrap()))).is_err());
}

#[test]
fn whoever_stops_waiting_stops_the_handler() {
    let held = Arc::new(());
    let (router, push) = (Router::new(), made(&[("MsgType", "event"), ("Event", "SCAN"), ("EventKey", "1")]));
    let handler = async |_, held: Arc<()>| {
        pending::<()>().await;
        drop(held);
    };
    let router = router.on(Rule::scan(), with_state(Arc::clone(&held), handler));
    let before = Arc::strong_count(&held);
    {
        let mut answering = pin!(router.answer(&push, some_deadline(), pending::<()>()));
        assert!(poll(answering.as_mut(), &Arc::default()).is_pending());
        assert_eq!(Arc::strong_count(&held), before + 1);
    }
    assert_eq!(Arc::strong_count(&held), before);
}

/// Routers and what they give can be shared and sent to other threads.
#[test]
fn everything_can_go_to_another_thread() {
    fn send<T: Send>(_: &T) {}
    fn sync<T: Send + Sync>(_: &T) {}
    let (router, push) = (waiting(&Gate::default()), text("hi"));
    sync(&router);
    sync(&router.clone());
    let answering = router.answer(&push, some_deadline(), Gate::default());
    send(&answering);
    send(&ready(router.answer(&push, some_deadline(), async {})));
}
