use super::{
    each, everything, get, run_again,
    server::{ok, serve},
    tls::Secure,
};
use std::{env, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use wx_transport::{TransportErrorKind, TransportOptions};

/// `user:p@ss` as the proxy wants it.
const CREDENTIALS: &str = "proxy-authorization: basic dxnlcjpwqhnz";

fn through(proxy: SocketAddr) -> TransportOptions {
    TransportOptions::default().proxy(format!("http://user:p%40ss@{proxy}"))
}

#[tokio::test]
async fn plain_requests_are_handed_to_the_proxy() {
    for round in 0..2 {
        let (proxy, task) = serve(ok("hi")).await;
        let (kind, transport) = each(&through(proxy)).into_iter().nth(round).unwrap();
        let answer = transport.unwrap().send(get("http://nowhere.invalid/path?q=1")).await.unwrap();
        assert_eq!(answer.body(), "hi");
        let received = task.await.unwrap().to_lowercase();
        assert!(
            received.starts_with("get http://nowhere.invalid/path?q=1 http/1.1\r\n"),
            "{kind}: {received}"
        );
        assert!(received.contains("\r\nhost: nowhere.invalid\r\n"), "{kind}: {received}");
        assert!(received.contains(CREDENTIALS), "{kind}: {received}");
    }
}

#[tokio::test]
async fn secure_requests_go_through_a_tunnel() {
    let server = Secure::start("127.0.0.1", 2).await;
    for round in 0..2 {
        let (proxy, task) = tunnel("HTTP/1.1 200 Connection established\r\n\r\n").await;
        let options = through(proxy).trust(server.authority.clone());
        let (kind, transport) = each(&options).into_iter().nth(round).unwrap();
        let answer =
            transport.unwrap().send(get(format!("https://{}/secret", server.address))).await.unwrap();
        assert_eq!(answer.body(), "secure");
        let received = task.await.unwrap().to_lowercase();
        assert!(
            received.starts_with(&format!("connect {} http/1.1\r\n", server.address)),
            "{kind}: {received}"
        );
        assert!(received.contains(CREDENTIALS) && !received.contains("/secret"), "{kind}: {received}");
    }
    for request in server.task.await.unwrap() {
        assert!(request.starts_with("GET /secret HTTP/1.1\r\n"), "{request}");
        assert!(!request.to_lowercase().contains("proxy-authorization"), "{request}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_has_sent_nothing() {
    for refusal in [
        "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "",
    ] {
        for round in 0..2 {
            let (proxy, _task) = tunnel(refusal).await;
            let (kind, transport) = each(&through(proxy)).into_iter().nth(round).unwrap();
            let error = transport.unwrap().send(get("https://nowhere.invalid/secret")).await.unwrap_err();
            assert_eq!((error.kind(), kind), (TransportErrorKind::Connect, kind), "{refusal} {error:?}");
            assert!(error.is_repeat_safe());
            let text = everything(&error);
            assert!(
                !text.contains("p@ss") && !text.contains("p%40ss") && !text.contains("/secret"),
                "{text}"
            );
        }
    }
}

/// Without being asked for, the environment changes nothing.
#[tokio::test]
async fn the_environment_names_proxies_for_those_who_ask() {
    if let Ok(target) = env::var("TARGET_OF_THE_CHILD") {
        return in_the_environment(&target).await;
    }
    let (server, _direct) = repeat(ok("direct")).await;
    let (proxy, _proxied) = repeat(ok("proxied")).await;
    tokio::task::spawn_blocking(move || {
        run_again("network::proxies::the_environment_names_proxies_for_those_who_ask", |command| {
            command.env("HTTP_PROXY", format!("http://{proxy}"));
            command.env("TARGET_OF_THE_CHILD", format!("http://{server}/"));
        });
    })
    .await
    .unwrap();
}

async fn in_the_environment(target: &str) {
    let asked = TransportOptions::default().environment_proxies();
    for (options, expected) in [(TransportOptions::default(), "direct"), (asked, "proxied")] {
        for (kind, transport) in each(&options) {
            let answer = transport.unwrap().send(get(target)).await.unwrap();
            assert_eq!((answer.body().as_ref(), kind), (expected.as_bytes(), kind));
        }
    }
}

async fn repeat(answer: String) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            super::server::exchange(&mut stream, answer.as_bytes()).await;
        }
    });
    (address, task)
}

/// Answers CONNECT, then joins the client with the host it has named.
async fn tunnel(answer: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            assert_ne!(client.read_buf(&mut request).await.unwrap(), 0);
        }
        client.write_all(answer.as_bytes()).await.unwrap();
        let request = String::from_utf8(request).unwrap();
        if answer.starts_with("HTTP/1.1 200") {
            let host = request.split(' ').nth(1).unwrap();
            let mut server = TcpStream::connect(host).await.unwrap();
            // The client closes as it likes.
            drop(copy_bidirectional(&mut client, &mut server).await);
        }
        request
    });
    (address, task)
}
