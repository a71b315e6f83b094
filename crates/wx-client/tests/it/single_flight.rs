use crate::{
    account::{Account, REFUSED, STABLE, SetClock, builder, let_others_run, token},
    gate::Gate,
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::task::JoinSet;
use wx_client::{Client, ErrorKind};
use wx_transport::{Answer, MockTransport, TransportErrorKind};

fn behind_gate(bodies: &[&str]) -> (Client, MockTransport, Gate, SetClock) {
    let (platform, clock) = (MockTransport::new(), SetClock::default());
    for body in bodies {
        platform.answer(Answer::json((*body).to_owned()));
    }
    let gate = Gate::before(platform.clone(), STABLE);
    (builder(gate.clone(), &clock).build().unwrap(), platform, gate, clock)
}

#[tokio::test]
async fn a_thousand_tasks_share_one_refresh_at_each_expiry() {
    let (client, platform, gate, clock) =
        behind_gate(&[&token("T0", 7200), &token("T1", 7200), &token("T2", 7200)]);
    for expiry in 0..3 {
        let mut tasks = JoinSet::new();
        for _ in 0..1000 {
            let client = client.clone();
            tasks.spawn(async move { client.access_token().await });
        }
        gate.arrived(expiry + 1).await;
        let_others_run().await;
        gate.let_through(1);
        for token in tasks.join_all().await {
            assert_eq!(token.unwrap().expose(), format!("T{expiry}"));
        }
        clock.pass(7200);
    }
    assert_eq!(platform.requests().len(), 3);
    platform.assert_done();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_refused_calls_on_two_threads_share_one_replacement() {
    let account = Account::new();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    account.platform.otherwise(move |request| match (request.path(), request.query()) {
        (STABLE, _) if count.fetch_add(1, Ordering::SeqCst) == 0 => Answer::json(token("T1", 7200)),
        (STABLE, _) => Answer::json(token("T2", 7200)),
        (_, "access_token=T1") => Answer::json(REFUSED),
        _ => Answer::json("{}"),
    });
    account.client.access_token().await.unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..1000 {
        let client = account.client.clone();
        tasks.spawn(async move { client.get_json::<serde_json::Value>("/cgi-bin/tags/get", &[]).await });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn all_who_wait_get_the_error_of_the_refresh() {
    let (client, platform, gate, _) = behind_gate(&[]);
    platform.answer(TransportErrorKind::Timeout);
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        tasks.spawn(async move { client.access_token().await });
    }
    gate.arrived(1).await;
    let_others_run().await;
    gate.let_through(1);
    for outcome in tasks.join_all().await {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        // The call that needed the token was never sent.
        assert!(error.is_retryable() && !error.may_have_been_done());
    }
    platform.assert_done();
}

#[tokio::test]
async fn a_caller_who_stops_waiting_does_not_stop_the_refresh() {
    let (client, platform, gate, _) = behind_gate(&[&token("T1", 7200)]);
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.access_token().await }
    });
    gate.arrived(1).await;
    let second = tokio::spawn({
        let client = client.clone();
        async move { client.access_token().await }
    });
    let_others_run().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    gate.let_through(1);
    assert_eq!(second.await.unwrap().unwrap().expose(), "T1");
    assert_eq!(client.access_token().await.unwrap().expose(), "T1");
    platform.assert_done();
}

#[tokio::test]
async fn the_refresh_goes_on_when_nobody_waits_any_more() {
    let (client, platform, gate, _) = behind_gate(&[&token("T1", 7200)]);
    let only = tokio::spawn({
        let client = client.clone();
        async move { client.access_token().await }
    });
    gate.arrived(1).await;
    only.abort();
    assert!(only.await.unwrap_err().is_cancelled());
    gate.let_through(1);
    assert_eq!(client.access_token().await.unwrap().expose(), "T1");
    assert_eq!(platform.requests().len(), 1);
}

#[test]
fn a_refresh_that_dies_with_its_runtime_does_not_block_the_next() {
    let (client, platform, gate, _) = behind_gate(&[&token("T1", 7200)]);
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime().block_on(async {
        let waiting = client.clone();
        tokio::spawn(async move { waiting.access_token().await });
        gate.arrived(1).await;
    });
    gate.let_through(1);
    let token = runtime().block_on(client.access_token()).unwrap();
    assert_eq!(token.expose(), "T1");
    assert_eq!(platform.requests().len(), 1);
}
