//! An account with everything it needs, for `wx doctor` to look at.

use crate::{
    platform::Platform,
    program::{Run, Running},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
};
use wx_sim::{Callback, Clock, DEFAULT_AES_KEY, DEFAULT_TOKEN, Options};

/// The simulator, a running `wx serve`, and how the doctor is told of both.
pub(crate) struct Clinic {
    pub(crate) platform: Platform,
    service: Option<Running>,
    /// Where the callback answers.
    pub(crate) url: String,
}

/// The body for a request with that first line.
pub(crate) type Answer = fn(&str) -> Vec<u8>;

impl Clinic {
    /// Everything is in order.
    pub(crate) fn healthy() -> Self {
        Self::with(Options::default(), &[])
    }

    /// With another platform, and more in the environment of the service.
    pub(crate) fn with(options: Options, service: &[(&str, &str)]) -> Self {
        let platform = Platform::start(options);
        let args = ["serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0"];
        let own = [("WX_APP_ID", wx_sim::DEFAULT_APP_ID), ("WX_TOKEN", DEFAULT_TOKEN)];
        let mut running = Running::start(platform.folder.path(), &args, &[&own[..], service].concat());
        let url = running.json()["callback"].as_str().unwrap().to_owned();
        platform.simulator.configure(Callback::to(url.as_str())).unwrap();
        Self { platform, service: Some(running), url }
    }

    /// With a callback that answers each request like this, from its first line.
    pub(crate) fn answering(answer: Answer) -> Self {
        let platform = Platform::start(Options::default());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/wx", listener.local_addr().unwrap());
        platform.simulator.configure(Callback::to(url.as_str())).unwrap();
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let request = read(&mut stream);
                let body = answer(request.lines().next().unwrap_or_default());
                let head =
                    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                // Whoever has gone away is not answered.
                let _ = stream.write_all(&[head.as_bytes(), &body].concat());
            }
        });
        Self { platform, service: None, url }
    }

    /// Nobody answers any more.
    pub(crate) fn end_service(&mut self) {
        self.service.take().unwrap().kill();
    }

    /// Runs the doctor, who is told of everything; `env` may say something else.
    pub(crate) fn doctor(&self, args: &[&str], env: &[(&str, &str)]) -> Run {
        let own = [("WX_CALLBACK_URL", self.url.as_str()), ("WX_TOKEN", DEFAULT_TOKEN)];
        let run = self.platform.wx_with(&[&["doctor"], args].concat(), &[&own[..], env].concat());
        for secret in [DEFAULT_TOKEN, DEFAULT_AES_KEY] {
            assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{run:?}");
        }
        assert!(run.stderr.is_empty(), "{run:?}");
        run
    }

    /// What a person reads, without what is different in each run.
    pub(crate) fn report(&self, run: &Run) -> String {
        let text = run.stdout.replace(&self.platform.simulator.base_url(), "http://platform");
        let text = text.replace(&self.url, "http://service/callback");
        let text = without(&text, "; ", " are free", "; … are free");
        let text = without(&text, " (os error ", ")", "");
        let text = without(&text, " rid: ", "\"", "\"");
        let text = without(&text, " in Beijing (in ", ")", " in Beijing (in …)");
        let text = without(&text, "零点重置（", "）", "零点重置（…）");
        without(&text, "should live ", " more", "should live … more")
    }
}

/// A whole request: a connection that is closed with something unread loses the answer, too.
fn read(stream: &mut TcpStream) -> String {
    let mut request = String::new();
    let mut lines = BufReader::new(stream);
    let mut length = 0;
    while lines.read_line(&mut request).is_ok_and(|read| read > 2) {
        let line = request.lines().last().unwrap_or_default().to_lowercase();
        length = line.strip_prefix("content-length: ").map_or(length, |number| number.parse().unwrap());
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).unwrap();
    request
}

/// The text, with the shortest piece from `begin` to `end` of each line replaced.
fn without(text: &str, begin: &str, end: &str, replacement: &str) -> String {
    let line = |line: &str| {
        let found = line.find(end).and_then(|_| {
            let tail = line.rfind(begin).filter(|start| line[*start..].contains(end))?;
            let length = line[tail..].find(end)? + end.len();
            Some(format!("{}{replacement}{}", &line[..tail], &line[tail + length..]))
        });
        found.unwrap_or_else(|| line.to_owned())
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The titles of what failed.
pub(crate) fn failed(run: &Run) -> Vec<&str> {
    let lines = run.stdout.lines().filter_map(|line| line.strip_prefix("failed   "));
    lines.map(|line| line.split("  ").next().unwrap()).collect()
}

/// The clock of the machine, so many seconds ahead.
pub(crate) fn ahead(seconds: i64) -> Clock {
    let machine = Clock::system();
    Clock::new(move || machine.now() + seconds)
}
