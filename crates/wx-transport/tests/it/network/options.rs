use super::{
    each, everything, get, run_again,
    server::{exchange, ok, serve},
};
use http::Request;
use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;
use wx_transport::{HyperTransport, ReqwestTransport, Transport, TransportErrorKind, TransportOptions};

#[tokio::test]
async fn a_request_names_its_agent() {
    let named = TransportOptions::default().user_agent("poster/1");
    for (options, own, expected) in [
        (TransportOptions::default(), None, concat!("wx-transport/", env!("CARGO_PKG_VERSION"))),
        (named.clone(), None, "poster/1"),
        (named, Some("own/2"), "own/2"),
    ] {
        for (kind, transport) in each(&options) {
            let (address, task) = serve(ok("")).await;
            let mut request = get(format!("http://{address}/"));
            if let Some(own) = own {
                request.headers_mut().insert("user-agent", own.parse().unwrap());
            }
            transport.unwrap().send(request).await.unwrap();
            let received = task.await.unwrap();
            assert!(received.contains(&format!("\r\nuser-agent: {expected}\r\n")), "{kind}: {received}");
        }
    }
}

#[tokio::test]
async fn without_idle_time_no_connection_is_used_again() {
    for (kind, transport) in each(&TransportOptions::default().idle_limit(Duration::ZERO)) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let transport = transport.unwrap();
        for _ in 0..5 {
            // The server keeps its end open as long as the client wants.
            let server = async {
                let mut stream = listener.accept().await.unwrap().0;
                exchange(&mut stream, ok("").as_bytes()).await;
                stream
            };
            let (answer, _stream) = tokio::join!(transport.send(get(&url)), server);
            assert_eq!((answer.unwrap().status().as_u16(), kind), (200, kind));
        }
    }
}

#[tokio::test]
async fn clones_share_connections() {
    let (reqwest, hyper) = (ReqwestTransport::new(), HyperTransport::new());
    assert!(connections(|| Box::new(reqwest.clone())).await < 20);
    assert!(connections(|| Box::new(hyper.clone())).await < 20);
}

/// How many connections 20 requests take.
async fn connections(clone: impl Fn() -> Box<dyn Transport>) -> usize {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counting.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                loop {
                    exchange(&mut stream, ok("").as_bytes()).await;
                }
            });
        }
    });
    for _ in 0..20 {
        clone().send(get(&url)).await.unwrap();
    }
    count.load(Ordering::SeqCst)
}

#[test]
fn wrong_options_are_refused() {
    for options in [
        TransportOptions::default().user_agent("two\nlines"),
        TransportOptions::default().proxy("http://"),
        TransportOptions::default().trust("no certificate"),
        TransportOptions::default().trust("-----BEGIN CERTIFICATE-----\nAAAA"),
    ] {
        for (kind, transport) in each(&options) {
            assert_eq!((transport.unwrap_err().kind(), kind), (TransportErrorKind::Request, kind));
        }
    }
}

#[test]
fn a_proxy_and_its_password_are_not_shown() {
    for address in
        ["http://user:geheim@", "gopher://user:geheim@host:99999", "http://user:geheim@proxy.test:3128"]
    {
        let options = TransportOptions::default().proxy(address);
        let mut shown = format!("{options:?}");
        for (_, transport) in each(&options) {
            match transport {
                Ok(transport) => write!(shown, "{transport:?}").unwrap(),
                Err(error) => shown.push_str(&everything(&error)),
            }
        }
        assert!(!shown.contains("geheim"), "{shown}");
    }
}

#[test]
fn works_without_root_certificates() {
    for test in
        ["network::options::a_request_names_its_agent", "network::tls::a_trusted_certificate_is_accepted"]
    {
        run_again(test, |command| {
            command.env("SSL_CERT_FILE", "/nonexistent.pem").env("SSL_CERT_DIR", "/nonexistent");
        });
    }
}

#[tokio::test]
async fn user_names_in_addresses_are_refused() {
    for (kind, transport) in each(&TransportOptions::default()) {
        let request = Request::get("http://user:geheim@127.0.0.1:9/").body("".into()).unwrap();
        let error = transport.unwrap().send(request).await.unwrap_err();
        assert_eq!((error.kind(), kind), (TransportErrorKind::Request, kind));
        assert!(!everything(&error).contains("geheim"));
    }
}
