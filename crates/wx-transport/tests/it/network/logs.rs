use super::{
    each, run_again,
    server::{ok, serve},
};
use http::Request;
use std::{
    io,
    sync::{Arc, Mutex},
};
use wx_transport::TransportOptions;

/// Stands in path, query, headers and bodies, both ways.
const SECRET: &str = "log-canary-41d9";

/// Counts lines, and keeps those that hold the secret.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<(usize, Vec<String>)>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        let mut lines = self.0.lock().unwrap();
        lines.0 += 1;
        if line.contains(SECRET) {
            lines.1.push(line.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// In a process of its own, because all tests of a process log to the same place.
#[test]
fn no_log_line_shows_the_request_or_the_answer() {
    if std::env::var_os("LOGS_OF_THE_CHILD").is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        return runtime.block_on(log_everything());
    }
    run_again("network::logs::no_log_line_shows_the_request_or_the_answer", |command| {
        command.env("LOGS_OF_THE_CHILD", "yes");
    });
}

async fn log_everything() {
    let lines = Lines::default();
    let writer = lines.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    for (_, transport) in each(&TransportOptions::default()) {
        let transport = transport.unwrap();
        for answer in
            [ok(SECRET), format!("HTTP/1.1 302 There\r\nlocation: /{SECRET}\r\n\r\n"), SECRET.to_owned()]
        {
            let (address, _task) = serve(answer).await;
            let request = Request::get(format!("http://{address}/{SECRET}?secret={SECRET}"));
            drop(transport.send(request.header("x-secret", SECRET).body(SECRET.into()).unwrap()).await);
        }
    }
    let (count, hits) = &*lines.0.lock().unwrap();
    assert!(*count > 20, "only {count} lines were logged");
    assert!(hits.is_empty(), "{hits:#?}");
}
