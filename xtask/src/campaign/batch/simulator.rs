use anyhow::Context;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

/// `wx sim` in a process of its own; it ends when this is dropped.
pub(super) struct Simulator {
    child: Child,
    pub(super) base: String,
}

impl Simulator {
    pub(super) fn start(wx: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(wx);
        // Codes that are asked for once more take a second place.
        command.args(["sim", "--json", "--listen", "127.0.0.1:0", "--permanent-cap", "200000"]);
        let mut child = command.stdout(Stdio::piped()).spawn().context("the simulator did not start")?;
        let stdout = child.stdout.take().context("stdout was asked for as a pipe")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let told: Value = serde_json::from_str(&line)?;
        let base = told["base_url"].as_str().context("it did not say where it is")?.to_owned();
        Ok(Self { child, base })
    }

    pub(super) fn account(&self) -> [(&'static str, &str); 3] {
        [
            ("WX_API_BASE", &self.base),
            ("WX_APP_ID", "wx7a3f00c1d2e3b4a5"),
            ("WX_APP_SECRET", "00112233445566778899aabbccddeeff"),
        ]
    }

    /// Scenes, and the tickets of each.
    pub(super) fn codes(&self) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
        let (mut tickets, mut after) = (BTreeMap::<String, Vec<String>>::new(), 0);
        loop {
            let page = self.get(&format!("/sim/codes?after={after}&limit=1000"))?;
            let codes = page["codes"].as_array().context("no list of codes")?;
            let Some(last) = codes.last() else { return Ok(tickets) };
            after = last["number"].as_u64().context("a code has no number")?;
            for code in codes {
                let text = |name: &str| code[name].as_str().unwrap_or_default().to_owned();
                tickets.entry(text("scene")).or_default().push(text("ticket"));
            }
        }
    }

    fn get(&self, path: &str) -> anyhow::Result<Value> {
        let host = self.base.strip_prefix("http://").context("another kind of address")?;
        let mut stream = TcpStream::connect(host)?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        Ok(serde_json::from_str(body)?)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
