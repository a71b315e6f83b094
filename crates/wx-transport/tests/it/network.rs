//! What both transports over the network do beyond the rules of all transports.

mod compression;
mod connections;
mod logs;
mod options;
mod proxies;
mod server;
mod tls;

use bytes::Bytes;
use http::Request;
use std::{error::Error, fmt::Write, process::Command, sync::Arc};
use wx_transport::{HyperTransport, ReqwestTransport, Transport, TransportError, TransportOptions};

type Made = Result<Arc<dyn Transport>, TransportError>;

/// One of each kind.
fn each(options: &TransportOptions) -> [(&'static str, Made); 2] {
    [
        ("reqwest", ReqwestTransport::with_options(options).map(|transport| Arc::new(transport) as _)),
        ("hyper", HyperTransport::with_options(options).map(|transport| Arc::new(transport) as _)),
    ]
}

fn get(uri: impl AsRef<str>) -> Request<Bytes> {
    Request::get(uri.as_ref()).body(Bytes::new()).unwrap()
}

fn everything(error: &dyn Error) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(text, "{error} / {error:?} / {error:#?}").unwrap();
        next = error.source();
    }
    text
}

/// Runs one test of this binary again, in a process with another environment.
fn run_again(name: &str, change: impl FnOnce(&mut Command)) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(proxy).env_remove(proxy.to_uppercase());
    }
    change(command.args(["--exact", name]));
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}
