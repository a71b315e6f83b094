use super::{AES_KEY, APP_SECRET, PREVIOUS_AES_KEY, PREVIOUS_TOKEN, SECRETS, TOKEN};
use crate::{
    platform::Platform,
    program::{Run, wx_in},
};
use scenarios::{Canaries, post};
use std::{collections::BTreeSet, fs, path::Path};
use tempfile::TempDir;
use wx_sim::{Callback, DEFAULT_APP_ID, EncodingAesKey, Mode, Options};

/// Everything, and by name what the program never shows.
pub(super) const LOUD: &str = "trace,reqwest::connect=trace,reqwest::async_impl=trace,reqwest::retry=trace,hyper::proto=trace,\
     hyper_util::client=trace,hyper_util::client::legacy=trace,h2::client=trace,rustls::client=trace";
/// Where the program is told to keep access tokens.
pub(super) const TOKENS: &str = "tokens.db";

/// Has the program run with all secrets, and keeps everything that leaves it.
pub(super) struct Witness {
    pub(super) platform: Platform,
    /// Outside the folder in which the program runs.
    pub(super) apart: TempDir,
    heard: Vec<(String, Vec<u8>)>,
    /// Access tokens that the platform gave.
    tokens: BTreeSet<String>,
}

impl Witness {
    pub(super) fn start() -> Self {
        let callback = Callback::default().mode(Mode::Safe).token(TOKEN).aes_key(key(AES_KEY));
        let platform = Platform::start(Options::default().secret(APP_SECRET).callback(callback));
        let apart = tempfile::tempdir().unwrap();
        Self { platform, apart, heard: Vec::new(), tokens: BTreeSet::new() }
    }

    pub(super) fn folder(&self) -> &Path {
        self.platform.folder.path()
    }

    /// Runs the program and listens.
    pub(super) fn wx(&mut self, args: &[&str]) -> Run {
        self.wx_with(args, &[])
    }

    pub(super) fn wx_with(&mut self, args: &[&str], env: &[(&str, &str)]) -> Run {
        let run = self.unheard(args, env);
        let said = [&run.stdout[..], &run.stderr].concat();
        assert!(!said.contains("panicked"), "{args:?}: {said}");
        self.hear(format!("{args:?} {env:?}"), said);
        run
    }

    /// Runs the program with `--reveal`, learns the token and shows that it is seen where it is.
    pub(super) fn reveal(&mut self, args: &[&str], env: &[(&str, &str)]) {
        let run = self.unheard(&[&["token", "show", "--reveal", "--json"], args].concat(), env);
        let token = run.json()["token"]["access_token"].as_str().unwrap().to_owned();
        self.tokens.insert(token);
        let found = self.canaries(true).find(&run.stdout);
        assert!(found.is_some_and(|found| found.starts_with("access_token, plain")), "{run:?}");
        self.hear(format!("stderr of --reveal {args:?}"), run.stderr);
    }

    fn unheard(&mut self, args: &[&str], env: &[(&str, &str)]) -> Run {
        let base = self.platform.simulator.base_url();
        let own = [&environment()[..], &[("WX_API_BASE", base.as_str())], env].concat();
        let run = wx_in(self.platform.folder.path(), args, &own);
        self.learn();
        run
    }

    /// Something that was shown, written or sent to a stranger.
    pub(super) fn hear(&mut self, place: impl Into<String>, text: impl Into<Vec<u8>>) {
        self.heard.push((place.into(), text.into()));
    }

    /// The stable token that the program was given last.
    fn learn(&mut self) {
        self.platform.simulator.clear_faults();
        let body = serde_json::json!({
            "grant_type": "client_credential", "appid": DEFAULT_APP_ID, "secret": APP_SECRET,
        });
        let url = format!("{}/cgi-bin/stable_token", self.platform.simulator.base_url());
        let (status, answer) = wait(post(&url, body.to_string()));
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let token = answer["access_token"].as_str().unwrap_or_else(|| panic!("{status}: {answer}"));
        self.tokens.insert(token.to_owned());
    }

    /// Whether a secret is found there.
    pub(super) fn sees(&self, text: impl AsRef<[u8]>) -> bool {
        self.canaries(true).find(text).is_some()
    }

    fn canaries(&self, with_tokens: bool) -> Canaries {
        let tokens = self.tokens.iter().filter(|_| with_tokens);
        Canaries::new(SECRETS.into_iter().chain(tokens.map(|token| ("access_token", token.as_str()))))
    }

    /// Nothing was found: in what was heard, in every file. The store of tokens alone may hold tokens.
    pub(super) fn found_nothing(&self, parts: &[&str]) {
        let everything = self.canaries(true);
        for (place, text) in &self.heard {
            everything.assert_absent(place, text);
        }
        let mut folders = vec![self.platform.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let is_store = name.starts_with(TOKENS);
                    self.canaries(!is_store).assert_absent(&path, fs::read(&path).unwrap());
                }
            }
        }
        let all: Vec<u8> = self.heard.iter().flat_map(|(_, text)| text).copied().collect();
        let all = String::from_utf8_lossy(&all);
        for part in parts {
            assert!(all.contains(part), "{part:?} was never said, so there was little to search");
        }
        for talkative in [": reqwest::", ": hyper_util::", ": hyper::", ": h2::", ": rustls::"] {
            let found = all.lines().find(|line| line.contains(talkative));
            assert_eq!(found, None, "addresses stand there");
        }
    }
}

/// What a program is told in its environment.
pub(super) fn environment() -> [(&'static str, &'static str); 8] {
    [
        ("RUST_LOG", LOUD),
        ("WX_APP_ID", DEFAULT_APP_ID),
        ("WX_APP_SECRET", APP_SECRET),
        ("WX_MODE", "safe"),
        ("WX_TOKEN", TOKEN),
        ("WX_AES_KEY", AES_KEY),
        ("WX_PREVIOUS_TOKEN", PREVIOUS_TOKEN),
        ("WX_PREVIOUS_AES_KEY", PREVIOUS_AES_KEY),
    ]
}

pub(super) fn key(text: &str) -> EncodingAesKey {
    text.parse().unwrap()
}

pub(super) fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
