use super::{
    Make,
    peer::Peer,
    probe::{Probe, secret_request},
    server::Server,
};
use bytes::Bytes;
use http::Request;
use std::sync::Arc;
use tokio::{sync::Notify, task::JoinSet};

/// A connection for each request would cost a handshake for each.
pub async fn connections_are_used_again(make: Make<'_>) {
    let (probe, server) = (Probe::new(make), Server::start(echo).await);
    for _ in 0..20 {
        assert_eq!(probe.answer(&server.url("/")).await.status(), 200);
    }
    assert!(server.connections() < 20, "20 requests took {} connections", server.connections());
}

/// A server may close without a word; the next request takes another connection.
pub async fn a_closed_connection_is_not_used_again(make: Make<'_>) {
    let probe = Probe::new(make);
    let server = Server::start(async |mut peer| {
        peer.request().await;
        peer.write("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi").await;
    })
    .await;
    for _ in 0..10 {
        assert_eq!(probe.answer(&server.url("/")).await.body(), "hi");
    }
    assert_eq!(server.connections(), 10);
}

/// A second answer that nobody asked for is not taken for that of the next request.
pub async fn what_follows_an_answer_answers_nothing(make: Make<'_>) {
    let probe = Probe::new(make);
    let server = Server::start(async |mut peer| {
        while peer.request().await.is_some() {
            let body = if peer.number.is_multiple_of(2) { "good" } else { "also" };
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{body}");
            peer.write(format!("{answer}HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil")).await;
        }
    })
    .await;
    for _ in 0..20 {
        // An error is right too, as long as it does not claim that nothing was sent.
        match probe.ask(&server.url("/")).await {
            Ok(answer) => assert_ne!(answer.body(), "evil"),
            Err(error) => assert!(!error.is_repeat_safe(), "{error:?}"),
        }
    }
}

/// After the caller has given a request up, its connection is not used for others.
pub async fn a_late_answer_answers_nothing_else(make: Make<'_>) {
    let probe = Probe::new(make);
    let (arrived, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let server = Server::start({
        let (arrived, go_on) = (Arc::clone(&arrived), Arc::clone(&go_on));
        move |mut peer| {
            let (arrived, go_on) = (Arc::clone(&arrived), Arc::clone(&go_on));
            async move {
                if peer.number == 0 {
                    peer.request().await;
                    arrived.notify_one();
                    go_on.notified().await;
                    peer.write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlate").await;
                }
                echo(peer).await;
            }
        }
    })
    .await;
    let (transport, request) = (Arc::clone(&probe.0), secret_request("POST", &server.url("/")));
    let given_up = tokio::spawn(async move { transport.send(request).await });
    arrived.notified().await;
    given_up.abort();
    assert!(given_up.await.unwrap_err().is_cancelled());
    go_on.notify_one();
    for number in 0..10 {
        let request = Request::post(server.url("/")).body(Bytes::from(number.to_string())).unwrap();
        assert_eq!(probe.send(request).await.unwrap().body(), number.to_string().as_str());
    }
}

/// 64 requests at the same time, 640 in all.
pub async fn many_at_once_get_their_own_answers(make: Make<'_>) {
    let (transport, server) = (Probe::new(make).0, Server::start(echo).await);
    let mut tasks = JoinSet::new();
    for task in 0..64 {
        let (transport, url) = (Arc::clone(&transport), server.url("/"));
        tasks.spawn(async move {
            for number in 0..10 {
                let text = format!("{task} {number} {}", "x".repeat(task * 10));
                let request = Request::post(&url).body(Bytes::from(text.clone())).unwrap();
                assert_eq!(transport.send(request).await.unwrap().body(), text.as_str());
            }
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.unwrap();
    }
    assert_eq!(server.requests().len(), 640);
}

/// Answers each request with its own body.
async fn echo(mut peer: Peer) {
    while let Some(request) = peer.request().await {
        let (_, body) = request.split_once("\r\n\r\n").unwrap_or_default();
        if !peer.write(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())).await {
            return;
        }
    }
}
