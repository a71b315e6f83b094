//! The router: which rule answers, when, and what becomes of answers that are late.

mod deadline;
mod dry_run;
mod late;
mod patterns;
mod rules;

use crate::samples::fixture;
use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    time::Instant,
};
use wx_events::{Outcome, Router, parse_unverified};
use wx_model::Push;

/// A sample push.
fn push(name: &str) -> Push {
    parse_unverified(&fixture(&format!("pushes/{name}"))).unwrap()
}

/// A push with these elements beside the sender and the time.
fn made(elements: &[(&str, &str)]) -> Push {
    let common = [("ToUserName", "gh_1"), ("FromUserName", "o1"), ("CreateTime", "1767229600")];
    let all = common.iter().chain(elements).map(|(name, text)| (*name, serde_json::Value::from(*text)));
    let object = serde_json::Value::Object(all.map(|(name, text)| (name.to_owned(), text)).collect());
    parse_unverified(object.to_string().as_bytes()).unwrap()
}

fn text(content: &str) -> Push {
    made(&[("MsgType", "text"), ("Content", content)])
}

fn follow(key: &str) -> Push {
    made(&[("MsgType", "event"), ("Event", "subscribe"), ("EventKey", key)])
}

fn scan(key: &str) -> Push {
    made(&[("MsgType", "event"), ("Event", "SCAN"), ("EventKey", key)])
}

/// A moment. Nothing here compares it with any other.
#[expect(clippy::disallowed_methods, reason = "the value is passed through, never looked at")]
fn some_deadline() -> Instant {
    Instant::now()
}

/// The outcome of handlers that do not wait for anything.
fn answered(router: &Router, push: &Push) -> Outcome {
    ready(router.answer(push, some_deadline(), std::future::pending::<()>()))
}

/// What a future gives that does not wait for anything.
fn ready<F: Future>(future: F) -> F::Output {
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}

/// A future that ends when the test says so.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<(bool, Option<Waker>)>>);

impl Gate {
    fn open(&self) {
        let mut state = self.0.lock().unwrap();
        state.0 = true;
        state.1.take().into_iter().for_each(Waker::wake);
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.lock().unwrap();
        if state.0 {
            return Poll::Ready(());
        }
        state.1 = Some(context.waker().clone());
        Poll::Pending
    }
}

/// Counts how often a future asked to be polled again.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wakes {
    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}
