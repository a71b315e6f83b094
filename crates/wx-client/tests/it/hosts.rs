use crate::account::{APP_ID, CALL, SetClock};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use wx_client::{Client, ClientBuilder, FixedToken, RetryPolicy};
use wx_transport::{Answer, MockTransport, TransportErrorKind};

/// The platform, some of whose hosts cannot be reached.
struct Platform {
    client: Client,
    mock: MockTransport,
    clock: SetClock,
    down: Arc<Mutex<Vec<&'static str>>>,
}

const ALL: [&str; 5] = ["api", "api2", "sh.api", "sz.api", "hk.api"];

impl Platform {
    fn new(change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let (mock, clock, down) =
            (MockTransport::new(), SetClock::default(), Arc::new(Mutex::new(Vec::new())));
        let unreachable = Arc::clone(&down);
        mock.otherwise(move |request| {
            let host = request.uri.host().unwrap().trim_end_matches(".weixin.qq.com").to_owned();
            let is_down = unreachable.lock().unwrap().contains(&host.as_str());
            if is_down { TransportErrorKind::ConnectTimeout.into() } else { Answer::json("{}") }
        });
        let builder = Client::with_token_source(APP_ID, FixedToken::new("T1")).transport(mock.clone());
        let client = change(clock.set(builder).retry(RetryPolicy::none())).build().unwrap();
        Self { client, mock, clock, down }
    }

    fn stop(&self, hosts: &[&'static str]) {
        *self.down.lock().unwrap() = hosts.to_vec();
    }

    /// The hosts that one more call goes to, and whether it worked.
    async fn call(&self) -> (Vec<String>, bool) {
        let before = self.mock.requests().len();
        let outcome = self.client.post_json::<Value>(CALL, &()).await;
        let requests = self.mock.requests();
        let hosts = requests[before..].iter().map(|request| {
            let host = request.uri.host().unwrap();
            host.strip_suffix(".weixin.qq.com").unwrap_or(host).to_owned()
        });
        (hosts.collect(), outcome.is_ok())
    }
}

fn to(hosts: &[&str], works: bool) -> (Vec<String>, bool) {
    (hosts.iter().map(|host| (*host).to_owned()).collect(), works)
}

#[tokio::test]
async fn without_a_connection_the_next_host_is_tried_and_kept_for_a_while() {
    let platform = Platform::new(|builder| builder);
    assert_eq!(platform.call().await, to(&["api"], true));
    platform.stop(&["api", "api2"]);
    assert_eq!(platform.call().await, to(&["api", "api2", "sh.api"], true));
    assert_eq!(platform.call().await, to(&["sh.api"], true));
    platform.clock.pass(299);
    assert_eq!(platform.call().await, to(&["sh.api"], true));
    platform.clock.pass(1);
    assert_eq!(platform.call().await, to(&["api", "api2", "sh.api"], true));
    platform.stop(&[]);
    assert_eq!(platform.call().await, to(&["sh.api"], true));
    platform.clock.pass(300);
    assert_eq!(platform.call().await, to(&["api"], true));
}

#[tokio::test]
async fn when_none_can_be_reached_each_is_tried_once() {
    let platform = Platform::new(|builder| builder);
    platform.stop(&ALL);
    assert_eq!(platform.call().await, to(&ALL, false));
    assert_eq!(platform.call().await, to(&ALL, false));
    platform.stop(&["api", "api2", "sh.api", "sz.api"]);
    assert_eq!(platform.call().await, to(&ALL, true));
    // From the last one it goes on with the first.
    platform.stop(&["hk.api"]);
    assert_eq!(platform.call().await, to(&["hk.api", "api"], true));
}

#[tokio::test]
async fn what_reached_a_host_is_not_sent_to_another() {
    let platform = Platform::new(|builder| builder);
    for kind in [TransportErrorKind::Timeout, TransportErrorKind::NoAnswer, TransportErrorKind::TooLarge] {
        platform.mock.answer(kind);
        assert_eq!(platform.call().await, to(&["api"], false));
    }
    platform.mock.answer(Answer::json(r#"{"errcode":-1,"errmsg":"system error"}"#));
    assert_eq!(platform.call().await, to(&["api"], false));
    assert_eq!(platform.call().await, to(&["api"], true));
}

#[tokio::test]
async fn an_own_address_is_the_only_one() {
    for own in ["https://gateway.test", "https://api.weixin.qq.com"] {
        let platform = Platform::new(|builder| builder.api_base(own));
        platform.mock.answer(TransportErrorKind::Connect);
        let (hosts, works) = platform.call().await;
        assert_eq!((hosts.len(), works), (1, false));
    }
}

#[tokio::test]
async fn tokens_come_from_a_host_that_can_be_reached_too() {
    let (mock, clock) = (MockTransport::new(), SetClock::default());
    mock.answer(TransportErrorKind::Connect);
    mock.answer(Answer::json(r#"{"access_token":"T1","expires_in":7200}"#));
    mock.answer(Answer::json("{}"));
    let client = clock.set(Client::builder(APP_ID, "secret")).transport(mock.clone()).build().unwrap();
    client.post_json::<Value>(CALL, &()).await.unwrap();
    let hosts: Vec<_> =
        mock.requests().iter().map(|request| request.uri.host().unwrap().to_owned()).collect();
    assert_eq!(hosts, ["api.weixin.qq.com", "api2.weixin.qq.com", "api2.weixin.qq.com"]);
}
