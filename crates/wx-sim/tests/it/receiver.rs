use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinSet};
use wx_sim::{Callback, Mode};

/// An account's own server, as small as can be: it remembers what came and answers by a script.
pub(crate) struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
    _connections: JoinSet<()>,
}

#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: HashMap<String, String>,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

pub(crate) enum Reaction {
    Answer(u16, String),
    /// Keeps the connection and never answers.
    Hang,
    /// Closes the connection instead of answering.
    Cut,
}

impl Reaction {
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self::Answer(200, body.into())
    }
}

impl Receiver {
    /// Answers each request by what `script` says for its number, counted from 1.
    pub(crate) async fn start(script: impl Fn(usize, &Received) -> Reaction + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/wx/callback", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let mut connections = JoinSet::new();
        connections.spawn(accept(listener, Arc::new(script), Arc::clone(&received)));
        Self { url, received, _connections: connections }
    }

    pub(crate) async fn that_says(body: &'static str) -> Self {
        Self::start(move |_, _| Reaction::ok(body)).await
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    pub(crate) fn callback(&self, mode: Mode) -> Callback {
        Callback::to(self.url()).mode(mode)
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

type Script = dyn Fn(usize, &Received) -> Reaction + Send + Sync;
type Memory = Arc<Mutex<Vec<Received>>>;

async fn accept(listener: TcpListener, script: Arc<Script>, memory: Memory) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (script, memory) = (Arc::clone(&script), Arc::clone(&memory));
        let service = service_fn(move |request| react(request, Arc::clone(&script), Arc::clone(&memory)));
        connections.spawn(async move {
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn react(
    request: Request<Incoming>,
    script: Arc<Script>,
    memory: Memory,
) -> io::Result<Response<Full<Bytes>>> {
    let received = read(request).await;
    let number = {
        let mut memory = memory.lock().unwrap();
        memory.push(received.clone());
        memory.len()
    };
    match script(number, &received) {
        Reaction::Answer(status, body) => {
            Ok(Response::builder().status(status).body(Full::from(body)).unwrap())
        }
        Reaction::Hang => std::future::pending().await,
        Reaction::Cut => Err(io::Error::other("cut")),
    }
}

async fn read(request: Request<Incoming>) -> Received {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default();
    let content_type =
        parts.headers.get("content-type").map_or("", |value| value.to_str().unwrap()).to_owned();
    Received {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        content_type,
        body: String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap(),
    }
}
