//! Each fault of the platform once, three times and for ever, in ten calls of which each follows the last by a second.

use super::world::{CREATE, TAGS, World, path, reqwest};
use crate::account::STABLE;
use std::fmt::Write;
use wx_sim::{Entry, EntryKind, Fault};
use wx_transport::ReqwestTransport;

const CALLS: u32 = 10;

fn faults() -> Vec<Fault> {
    let codes = [-1, 45009, 45011, 45029, 42001, 40001, 40014, 50001, 61450].map(Fault::errcode);
    let statuses = [500, 502, 503].map(Fault::status);
    let others = [
        Fault::timeout(),
        Fault::timeout().after_effect(),
        Fault::reset(),
        Fault::reset().after_effect(),
        Fault::redirect("http://else.test/"),
        Fault::html(),
        Fault::cut_json(),
        Fault::cut_body(),
        Fault::empty(),
        Fault::errcode_as_text(-1),
        Fault::errcode_as_text(0),
        Fault::huge(),
        Fault::drip(),
    ];
    codes.into_iter().chain(statuses).chain(others).collect()
}

/// What the calls led to: a letter for each request, a blank between the calls.
///
/// `t` the token was asked for, `T` by force, `x` a call that the fault struck, `-` one that the platform refused, `.` one
/// that it granted; `!` the client had an error.
async fn ten_calls(transport: ReqwestTransport, fault: Fault, target: &str) -> String {
    let world = World::over(transport, |options| options, |builder| builder).await;
    world.sim.inject(fault.on(target)).unwrap();
    let mut course = String::new();
    for scene in 1..=CALLS {
        let before = world.sim.transcript().len();
        let outcome = if target == TAGS { world.tags().await } else { world.place(scene).await };
        world.settle().await;
        course.extend(world.sim.transcript()[before..].iter().map(letter));
        course += if outcome.is_ok() { " " } else { "! " };
        world.clock.pass(1);
    }
    let (made, granted) = (world.sim.codes().len(), course.matches('.').count());
    assert!(target == TAGS || made >= granted, "{course}");
    course.trim_end().to_owned()
}

fn letter(entry: &Entry) -> char {
    match &entry.kind {
        EntryKind::Call { body, .. } if path(entry) == Some(STABLE) => {
            if body.contains("\"force_refresh\":true") { 'T' } else { 't' }
        }
        EntryKind::Call { fault: Some(_), .. } => 'x',
        EntryKind::Call { errcode: Some(0), .. } => '.',
        _ => '-',
    }
}

#[tokio::test]
async fn no_fault_makes_a_storm() {
    let (transport, mut table) = (reqwest(), String::new());
    for (what, target) in [("a call that only reads", TAGS), ("a permanent code", CREATE)] {
        writeln!(table, "{what}").unwrap();
        for fault in faults() {
            let late =
                if format!("{fault:?}").contains("after_effect: true") { ", after the effect" } else { "" };
            writeln!(table, "\n  {fault}{late}").unwrap();
            for (when, fault) in
                [("once", fault.clone()), ("3 times", fault.clone().times(3)), ("for ever", fault.for_ever())]
            {
                let course = ten_calls(transport.clone(), fault, target).await;
                writeln!(table, "    {when:<9} {course}").unwrap();
                check(&course, when);
            }
        }
        table.push('\n');
    }
    insta::assert_snapshot!("storms_at_the_simulator", table);
}

/// The policy in figures: ten calls, a reserve of ten repeats and one for ten calls, one more for each ten seconds, one
/// more call and two requests for each new token.
fn check(course: &str, when: &str) {
    let count = |letters: &str| course.chars().filter(|letter| letters.contains(*letter)).count();
    let (calls, tokens) = (count("x-."), count("tT"));
    assert!(calls <= 2 * 10 + 14, "{when}: {course}");
    assert!(tokens <= 1 + 2 * 10 && count("T") <= 1, "{when}: {course}");
    assert!(when == "for ever" || course.ends_with('.') || course.ends_with('!'), "{course}");
}
