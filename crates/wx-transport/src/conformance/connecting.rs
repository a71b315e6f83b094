use super::{Make, probe::Probe, server::Server};
use std::time::Duration;
use tokio::net::TcpSocket;

/// Nobody listens there.
pub async fn a_refused_connection_is_safe_to_repeat(make: Make<'_>) {
    // Bound and not listening, so that nobody else can take the port.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let error = Probe::new(make).error(&format!("http://{address}/secret/path")).await;
    assert!(error.is_connect() && error.is_repeat_safe() && !error.is_timeout(), "{error:?}");
}

/// A label of more than 63 letters is no name, so nobody is asked for it.
pub async fn an_unknown_name_is_safe_to_repeat(make: Make<'_>) {
    let error = Probe::new(make).error(&format!("http://{}.invalid/secret/path", "a".repeat(64))).await;
    assert!(error.is_connect() && error.is_repeat_safe(), "{error:?}");
}

/// It answers the beginning of the encrypted connection with plain HTTP.
pub async fn a_server_without_tls_is_safe_to_repeat(make: Make<'_>) {
    let server = Server::start(async |mut peer| {
        peer.write("HTTP/1.1 400 Bad Request\r\n\r\n").await;
        peer.hold().await;
    })
    .await;
    let error = Probe::new(make).error(&format!("https://{}/secret/path", server.address())).await;
    assert!(error.is_connect() && error.is_repeat_safe(), "{error:?}");
}

/// It includes TLS, of which this server never says a word.
pub async fn connecting_ends_at_its_limit(make: Make<'_>) {
    let server = Server::start(async |peer| peer.hold().await).await;
    let probe = Probe::with(make, |limits| limits.connect = Duration::from_millis(50));
    let error = probe.error(&format!("https://{}/secret/path", server.address())).await;
    assert!(error.is_connect() && error.is_timeout() && error.is_repeat_safe(), "{error:?}");
}
