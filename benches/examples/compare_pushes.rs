//! Our side of `cargo xtask compare pushes`; the payloads come in variables. The other sides are in `xtask/compare/`.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use benches::serve;
use std::{env, fs, hint::black_box};
use wx_events::{Callback, CallbackQuery, ReceivedPush};
use wx_model::{AppId, CallbackToken, Message};

struct Work {
    plain: Callback,
    safe: Callback,
    query: CallbackQuery,
    clear: Vec<Vec<u8>>,
    envelope: Vec<u8>,
    now: i64,
}

impl Work {
    fn given() -> Self {
        let token = || CallbackToken::from(variable("TOKEN"));
        let mut query = CallbackQuery::default();
        query.signature = variable("SIGNATURE");
        query.msg_signature = variable("MSG_SIGNATURE");
        query.timestamp = variable("TIMESTAMP");
        query.nonce = variable("NONCE");
        let key = variable("AES_KEY").parse().unwrap();
        let clear = variable("CLEAR");
        Self {
            plain: Callback::plain(token()),
            safe: Callback::safe(token(), key, AppId::from(variable("APP_ID"))),
            now: query.timestamp.parse().unwrap(),
            query,
            clear: env::split_paths(&clear).map(|path| fs::read(path).unwrap()).collect(),
            envelope: fs::read(variable("SAFE")).unwrap(),
        }
    }

    fn clear(&self, index: usize) -> ReceivedPush {
        self.plain.open(&self.query, black_box(&self.clear[index % 3]), self.now).unwrap()
    }

    fn safe(&self) -> ReceivedPush {
        self.safe.open(&self.query, black_box(&self.envelope), self.now).unwrap()
    }

    /// What the other sides are asked as well.
    fn check(&self) {
        for (push, new_follower) in [(self.clear(0), false), (self.clear(1), true), (self.safe(), true)] {
            let scan = push.scene_scan().unwrap();
            assert_eq!((scan.scene.as_str(), scan.is_new_follower()), ("2026", new_follower));
            assert_eq!(scan.openid.as_str(), "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI");
        }
        let text = self.clear(2);
        let Some(Message::Text(message)) = text.message() else { panic!("{text:?}") };
        assert_eq!(message.content, "你好，想查 A17 渠道 [微笑] 😀 & <b>");
        let mut forged = self.query.clone();
        (forged.signature, forged.msg_signature) = ("0".repeat(40), "0".repeat(40));
        assert!(self.plain.open(&forged, &self.clear[0], self.now).is_err());
        assert!(self.safe.open(&forged, &self.envelope, self.now).is_err());
    }
}

fn main() {
    let work = Work::given();
    work.check();
    let modes: [(&str, &dyn Fn(usize)); 2] =
        [("clear", &|index| drop(black_box(work.clear(index)))), ("safe", &|_| drop(black_box(work.safe())))];
    serve("wx-events", env!("CARGO_PKG_VERSION"), &modes);
}

fn variable(name: &str) -> String {
    env::var(format!("WX_{name}")).unwrap()
}
