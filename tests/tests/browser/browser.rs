use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// A headless Chromium of its own, with an empty profile, and the program that drives it.
pub(crate) struct Browser {
    client: Client,
    driver: Driver,
    _profile: TempDir,
}

/// `chromedriver`, which ends with this value; Chromium ends with it because their pipe breaks.
struct Driver {
    url: String,
    _process: Child,
}

impl Browser {
    pub(crate) async fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let driver = Driver::start().await;
        let capabilities = json!({
            "goog:chromeOptions": { "args": arguments(&profile) },
            "goog:loggingPrefs": { "browser": "ALL" },
            "unhandledPromptBehavior": "ignore",
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is one") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.url)
            .await
            .unwrap_or_else(|error| panic!("chromium does not start: {error}"));
        Self { client, driver, _profile: profile }
    }

    /// Lets the test happen, asserts that the browser had nothing to complain about, and ends it in any case.
    pub(crate) async fn run<Test: Future<Output = ()> + Send + 'static>(
        self,
        test: impl FnOnce(Client) -> Test,
    ) {
        // A task of its own, so that a panic does not leave the browser behind.
        let outcome = tokio::spawn(test(self.client.clone())).await;
        let complaints = self.complaints().await;
        self.client.close().await.unwrap();
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic.into_panic());
        }
        assert_eq!(complaints, json!([]), "the console of the browser");
    }

    /// What stands in the console: failed requests, scripts and styles that the page's policy forbids.
    async fn complaints(&self) -> Value {
        let session = self.client.session_id().await.unwrap().unwrap();
        let url = format!("{}/session/{session}/se/log", self.driver.url);
        let (status, answer) = scenarios::post(&url, json!({ "type": "browser" }).to_string()).await;
        assert_eq!(status, 200, "{answer}");
        serde_json::from_str::<Value>(&answer).unwrap()["value"].take()
    }
}

impl Driver {
    async fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("chromedriver does not start ({error}); is chromium-driver installed?")
            });
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("chromedriver says its port before it ends");
            if let Some((_, port)) = line.trim_end_matches('.').split_once("started successfully on port ") {
                break port.to_owned();
            }
        };
        // It stops when nobody reads what it says.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { url: format!("http://127.0.0.1:{port}"), _process: process }
    }
}

fn arguments(profile: &TempDir) -> Vec<String> {
    let fixed = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--remote-debugging-pipe",
        "--window-size=1100,1400",
        // The form of dates that are typed.
        "--lang=en-US",
    ];
    let profile = format!("--user-data-dir={}", profile.path().display());
    fixed.into_iter().map(str::to_owned).chain([profile]).collect()
}
