use crate::http_client::{get, post};
use serde_json::Value;
use wx_sim::{Clock, DEFAULT_APP_ID, DEFAULT_SECRET, Options, Random, Simulator};

/// 2026-01-01 09:00:00 in Beijing: the time of most samples.
pub(crate) const START: i64 = 1_767_229_200;
pub(crate) const ANNA: &str = "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI";
pub(crate) const BEN: &str = "oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ";

/// A simulator with a clock that stands still until it is moved, and the same random bytes in every run.
pub(crate) struct Stage {
    pub(crate) sim: Simulator,
}

impl Stage {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let options = options.clock(Clock::manual(START)).random(Random::seeded(1));
        Self { sim: Simulator::start(options).await.unwrap() }
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.sim.advance(seconds).unwrap();
    }

    pub(crate) fn set(&self, seconds: i64) {
        self.sim.clock().set(seconds).unwrap();
    }

    pub(crate) fn url(&self, path: &str) -> String {
        self.sim.base_url() + path
    }

    /// A classic token.
    pub(crate) async fn token(&self) -> String {
        let path = "/cgi-bin/token?grant_type=client_credential";
        let url = self.url(&format!("{path}&appid={DEFAULT_APP_ID}&secret={DEFAULT_SECRET}"));
        get(&url).await.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// `qrcode/create` with this token.
    pub(crate) async fn create_with(&self, token: &str, body: &str) -> Value {
        let url = self.url(&format!("/cgi-bin/qrcode/create?access_token={token}"));
        post(&url, body.to_owned()).await.json()
    }

    /// `qrcode/create` with a fresh token.
    pub(crate) async fn create(&self, body: &str) -> Value {
        self.create_with(&self.token().await, body).await
    }

    /// The ticket of a new permanent code with a string scene.
    pub(crate) async fn ticket(&self, scene: &str) -> String {
        let body = serde_json::json!({
            "action_name": "QR_LIMIT_STR_SCENE", "action_info": { "scene": { "scene_str": scene } },
        });
        self.create(&body.to_string()).await["ticket"].as_str().unwrap().to_owned()
    }

    /// A POST with a fresh token.
    pub(crate) async fn call(&self, path: &str, body: &Value) -> Value {
        let url = self.url(&format!("{path}?access_token={}", self.token().await));
        post(&url, body.to_string()).await.json()
    }

    /// The code that a POST with a fresh token gets.
    pub(crate) async fn code(&self, path: &str, body: &Value) -> i64 {
        errcode(&self.call(path, body).await)
    }

    /// A GET with a fresh token; the query is empty or begins with `&`.
    pub(crate) async fn fetch(&self, path: &str, query: &str) -> Value {
        get(&self.url(&format!("{path}?access_token={}{query}", self.token().await))).await.json()
    }

    pub(crate) fn transcript(&self) -> String {
        self.sim.transcript_text()
    }
}

/// The code of an error answer, 0 for a granted call. Every error ends in a request id.
pub(crate) fn errcode(answer: &Value) -> i64 {
    let code = answer["errcode"].as_i64().unwrap_or_default();
    if code == 0 {
        return 0;
    }
    let message = answer["errmsg"].as_str().unwrap();
    let (_, rid) = message.split_once(" rid: ").unwrap();
    let groups: Vec<&str> = rid.split('-').collect();
    let is_hex = |group: &&str| group.len() == 8 && group.bytes().all(|b| b"0123456789abcdef".contains(&b));
    assert!(groups.len() == 3 && groups.iter().all(is_hex), "{message}");
    code
}
