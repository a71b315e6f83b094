use super::{
    each, get,
    server::{exchange, ok},
};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::{net::SocketAddr, sync::Arc};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
};
use wx_transport::{TransportErrorKind, TransportOptions};

/// A server with a certificate of an authority that nobody knows.
pub(super) struct Secure {
    pub(super) address: SocketAddr,
    /// Of the authority, as PEM.
    pub(super) authority: String,
    /// Ends with the requests that came.
    pub(super) task: JoinHandle<Vec<String>>,
}

impl Secure {
    /// Accepts so many connections, and one request on each.
    pub(super) async fn start(name: &str, connections: usize) -> Self {
        let (authority, acceptor) = identity(name);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            let mut requests = Vec::new();
            for _ in 0..connections {
                let (stream, _) = listener.accept().await.unwrap();
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    requests.push(exchange(&mut stream, ok("secure").as_bytes()).await);
                }
            }
            requests
        });
        Self { address, authority, task }
    }
}

fn identity(name: &str) -> (String, TlsAcceptor) {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);

    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    (authority, TlsAcceptor::from(Arc::new(config)))
}

#[tokio::test]
async fn a_trusted_certificate_is_accepted() {
    let server = Secure::start("127.0.0.1", 2).await;
    for (kind, transport) in each(&TransportOptions::default().trust(server.authority)) {
        let answer = transport.unwrap().send(get(format!("https://{}/", server.address))).await.unwrap();
        assert_eq!((answer.body().as_ref(), kind), (b"secure".as_ref(), kind));
    }
}

#[tokio::test]
async fn a_strange_certificate_and_another_name_are_refused_before_anything_is_sent() {
    let (strange, other) = (Secure::start("127.0.0.1", 2).await, Secure::start("other.test", 2).await);
    let trusting = TransportOptions::default().trust(other.authority);
    for (server, options) in [(strange.address, &TransportOptions::default()), (other.address, &trusting)] {
        for (kind, transport) in each(options) {
            let error =
                transport.unwrap().send(get(format!("https://{server}/?secret=1"))).await.unwrap_err();
            assert_eq!((error.kind(), kind), (TransportErrorKind::Tls, kind), "{error:?}");
            assert!(error.is_connect() && error.is_repeat_safe());
        }
    }
    assert!(strange.task.await.unwrap().is_empty() && other.task.await.unwrap().is_empty());
}
