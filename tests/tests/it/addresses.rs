//! Whatever stands in a ticket, an answer or a push: requests go to the configured address and nowhere else.

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response, Uri};
use scenarios::{Setup, World, post};
use serde_json::Value;
use std::{
    io,
    net::TcpListener,
    sync::{Arc, Mutex},
};
use wx_client::{Client, RetryPolicy};
use wx_model::{CreateRequest, Lifetime, Scene, Ticket};
use wx_qrcode::QrCodes;
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, DEFAULT_TOKEN, Fault, Mode, Options, Simulator};
use wx_transport::{HyperTransport, ReqwestTransport, Transport, TransportError};

/// An address at which nobody may call.
struct Tripwire(TcpListener);

impl Tripwire {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    /// Host and port.
    fn address(&self) -> String {
        self.0.local_addr().unwrap().to_string()
    }

    /// A connection would stand in the queue of the operating system.
    fn was_touched(&self) -> bool {
        match self.0.accept() {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
                false
            }
        }
    }
}

/// Notes where requests go.
#[derive(Debug, Clone)]
struct Watched<T>(T, Arc<Mutex<Vec<Uri>>>);

#[async_trait]
impl<T: Transport> Transport for Watched<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.1.lock().unwrap().push(request.uri().clone());
        self.0.send(request).await
    }
}

/// What somebody may put where a value is expected, to get another host, path or header. `E` is their address.
const HOSTILE: [&str; 30] = [
    "\r\nHost: E",
    "x HTTP/1.1\r\nHost: E\r\n\r\nGET http://E/",
    "\n",
    "\r",
    "\0",
    "@E/",
    "x@E",
    ":pw@E/",
    "//E/",
    "/\\E/",
    "\\\\E\\",
    "http://E/",
    "https://E/",
    "../../../E",
    "..",
    "/..;/",
    "%2e%2e%2f",
    "%252e%252e%252f",
    "．．／",
    "。。/E",
    "ｅ．com",
    "E。com",
    "?ticket=x",
    "&access_token=x",
    "#E",
    ";E",
    " E",
    "\u{202e}E",
    "a=b&c=d",
    "gQ%0d%0aHost:%20E",
];

async fn hostile_values(transport: impl Transport + 'static) {
    let (tripwire, sent) = (Tripwire::new(), Arc::default());
    let sim = Simulator::start(Options::default()).await.unwrap();
    let client = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(sim.base_url());
    let client = client.transport(Watched(transport, Arc::clone(&sent))).retry(RetryPolicy::none());
    let client = client.build().unwrap();
    let codes = QrCodes::new(client.clone());
    client.access_token().await.unwrap();
    for text in HOSTILE {
        let value = text.replace('E', &tripwire.address());
        let ticket = Ticket::new(value.clone());
        let before = sent.lock().unwrap().len();
        assert!(codes.image(&ticket).await.is_err());
        assert!(client.users().info(value.as_str()).await.is_err());
        assert!(
            client
                .get_json::<Value>("/cgi-bin/user/info", &[("openid", &value), (&value, "x")])
                .await
                .is_err()
        );
        let shown: Uri = codes.show_url(&ticket).parse().unwrap();
        let mut uris = sent.lock().unwrap()[before..].to_vec();
        assert_eq!(uris.len(), 3, "{text:?}");
        uris.push(shown);
        for uri in uris {
            assert_eq!(uri.authority().unwrap().as_str(), sim.address().to_string(), "{text:?}");
            assert!(["/cgi-bin/showqrcode", "/cgi-bin/user/info"].contains(&uri.path()), "{text:?}: {uri}");
            let query = uri.query().unwrap();
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%=&".contains(&byte);
            assert!(query.bytes().all(is_plain) && query.matches('=').count() <= 3, "{text:?}: {query}");
        }
    }
    // The values arrived as they are, and a path that could lead elsewhere is not sent at all.
    let before = sent.lock().unwrap().len();
    for path in ["//E/", "@E/", "/a?b=c", "/\r\nHost: E", "http://E/", "/．．/", "", "\\\\E"] {
        let path = path.replace('E', &tripwire.address());
        assert!(client.get_json::<Value>(&path, &[]).await.is_err(), "{path:?}");
    }
    for uri in &sent.lock().unwrap()[before..] {
        assert_eq!(uri.authority().unwrap().as_str(), sim.address().to_string());
    }
    assert!(!tripwire.was_touched());
}

#[tokio::test]
async fn no_value_leads_to_another_address() {
    hostile_values(ReqwestTransport::new()).await;
    hostile_values(HyperTransport::new()).await;
}

async fn redirects(transport: impl Transport + 'static) {
    let tripwire = Tripwire::new();
    let sim = Simulator::start(Options::default()).await.unwrap();
    let client = Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(sim.base_url());
    let client = client.transport(transport).retry(RetryPolicy::none()).build().unwrap();
    let codes = QrCodes::new(client.clone());
    let request = CreateRequest::temporary(Scene::str("shop").unwrap(), Lifetime::days(1).unwrap());
    let ticket = codes.create(&request).await.unwrap().ticket;
    for path in
        ["/cgi-bin/qrcode/create", "/cgi-bin/showqrcode", "/cgi-bin/tags/get", "/cgi-bin/stable_token"]
    {
        sim.inject(Fault::redirect(format!("http://{}{path}", tripwire.address())).on(path)).unwrap();
    }
    assert!(codes.create(&request).await.is_err());
    assert!(codes.image(&ticket).await.is_err());
    assert!(client.get_json::<Value>("/cgi-bin/tags/get", &[]).await.is_err());
    sim.revoke_tokens();
    assert!(codes.create(&request).await.is_err());
    assert!(sim.faults().is_empty(), "each was met");
    assert!(!tripwire.was_touched());
}

#[tokio::test]
async fn no_redirect_is_followed() {
    redirects(ReqwestTransport::new()).await;
    redirects(HyperTransport::new()).await;
}

/// Addresses in a push are text.
#[tokio::test]
async fn nothing_that_a_push_names_is_fetched() {
    let tripwire = Tripwire::new();
    let world = World::with(Setup::new(Mode::Plain)).await;
    let signature = wx_crypto::signature([DEFAULT_TOKEN, "1767240000", "1"]);
    let url = format!("{}?signature={signature}&timestamp=1767240000&nonce=1", world.service.callback_url());
    let address = tripwire.address();
    for (kind, field) in
        [("image", "PicUrl"), ("link", "Url"), ("video", "ThumbMediaId"), ("file", "FileKey")]
    {
        let body = format!(
            "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>anna</FromUserName>\
             <CreateTime>1767240000</CreateTime><MsgType>{kind}</MsgType><MsgId>{}</MsgId>\
             <{field}><![CDATA[http://{address}/x]]></{field}><MediaId>http://{address}/y</MediaId></xml>",
            field.len()
        );
        assert_eq!(post(&url, body).await, (200, "success".to_owned()), "{kind}");
    }
    let entity =
        format!("<!DOCTYPE a [<!ENTITY e SYSTEM \"http://{address}/e\">]><xml><MsgType>&e;</MsgType></xml>");
    assert_ne!(post(&url, entity).await.0, 200);
    assert_eq!(world.service.stored().await, 4);
    assert!(!tripwire.was_touched());
}

/// The control: a tripwire that is touched says so.
#[tokio::test]
async fn a_tripwire_tells() {
    let tripwire = Tripwire::new();
    drop(tokio::net::TcpStream::connect(tripwire.address()).await.unwrap());
    assert!(tripwire.was_touched());
}
