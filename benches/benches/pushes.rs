//! Reading and opening pushes, against the work that nobody can avoid.
//!
//! `cargo bench -p benches --bench pushes`; the ratios stand in the last lines.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use benches::print_ratio;
use criterion::Criterion;
use quick_xml::{Reader, events::Event};
use std::hint::black_box;
use wx_crypto::EncodingAesKey;
use wx_events::{Callback, CallbackQuery, ReceivedPush};
use wx_model::{AppId, CallbackToken, Reply};

const TOKEN: &str = "ChannelToken2026";
const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
const NOW: i64 = 1_767_229_200;
const QUERY: &str = "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200&nonce=918273645";
const MSG_SIGNATURE: &str = "4ea68114bed40263e8386263caa1ec10ba13b97e";
const PUSHES: [&str; 3] = [
    include_str!("../../crates/wx-events/tests/fixtures/pushes/push_scan_int.xml"),
    include_str!("../../crates/wx-events/tests/fixtures/pushes/push_subscribe_qr_int.xml"),
    include_str!("../../crates/wx-events/tests/fixtures/pushes/push_text.xml"),
];
const ENVELOPE: &str =
    include_str!("../../crates/wx-events/tests/fixtures/envelopes/encrypted_push_envelope.xml");

struct Work {
    plain: Callback,
    safe: Callback,
    key: EncodingAesKey,
    plain_query: CallbackQuery,
    safe_query: CallbackQuery,
    encrypt: String,
    received: ReceivedPush,
}

impl Work {
    fn new() -> Self {
        let key: EncodingAesKey = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse().unwrap();
        let plain_query = CallbackQuery::parse(QUERY);
        let safe_query =
            CallbackQuery::parse(&format!("{QUERY}&encrypt_type=aes&msg_signature={MSG_SIGNATURE}"));
        let safe = Callback::safe(CallbackToken::from(TOKEN), key.clone(), AppId::from(APP_ID));
        let (_, rest) = ENVELOPE.split_once("<Encrypt><![CDATA[").unwrap();
        let encrypt = rest.split_once("]]>").unwrap().0.to_owned();
        let received = safe.open(&safe_query, ENVELOPE.as_bytes(), NOW).unwrap();
        Self { plain: Callback::plain(TOKEN.into()), safe, key, plain_query, safe_query, encrypt, received }
    }

    fn open_plain(&self) -> [ReceivedPush; 3] {
        PUSHES.map(|body| self.plain.open(&self.plain_query, black_box(body.as_bytes()), NOW).unwrap())
    }

    fn open_safe(&self) -> ReceivedPush {
        self.safe.open(&self.safe_query, black_box(ENVELOPE.as_bytes()), NOW).unwrap()
    }

    /// SHA-1, base64, AES and one pass over the envelope and over what is in it.
    fn open_parts(&self) -> usize {
        let query = &self.safe_query;
        let parts = [TOKEN, &query.timestamp, &query.nonce, &self.encrypt];
        assert!(wx_crypto::verify(&query.msg_signature, parts));
        let message = wx_crypto::open(&self.key, APP_ID, black_box(&self.encrypt)).unwrap();
        pass(ENVELOPE) + pass(std::str::from_utf8(&message).unwrap())
    }

    fn seal_safe(&self) -> String {
        self.safe.seal(&self.received, Reply::text("欢迎来自 2026 号渠道的朋友！"), NOW).unwrap()
    }

    fn seal_parts(&self, clear: &str) -> usize {
        let encrypt = wx_crypto::seal(&self.key, APP_ID, [7; 16], black_box(clear.as_bytes()));
        wx_crypto::signature([TOKEN, "1767229200", "918273645", &encrypt]).len()
    }
}

/// A bare borrowed pass of quick-xml: the floor of every reading.
fn pass(text: &str) -> usize {
    let mut reader = Reader::from_str(black_box(text));
    let mut events = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return events,
            event => {
                black_box(&event);
                events += 1;
            }
        }
    }
}

fn main() {
    let work = Work::new();
    let clear =
        work.plain.seal(&clear_push(&work), Reply::text("欢迎来自 2026 号渠道的朋友！"), NOW).unwrap();
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("three plain pushes: open", |b| b.iter(|| work.open_plain()));
    criterion.bench_function("three plain pushes: bare pass", |b| b.iter(|| PUSHES.map(pass)));
    criterion.bench_function("safe push: open", |b| b.iter(|| work.open_safe()));
    criterion.bench_function("safe push: its parts", |b| b.iter(|| work.open_parts()));
    criterion.bench_function("encrypted reply: seal", |b| b.iter(|| work.seal_safe()));
    criterion.bench_function("encrypted reply: its parts", |b| b.iter(|| work.seal_parts(&clear)));
    criterion.final_summary();

    print_ratio("plain push / bare pass", 2.0, || work.open_plain(), || PUSHES.map(pass));
    print_ratio("safe push / its parts", 1.35, || work.open_safe(), || work.open_parts());
    print_ratio("encrypted reply / its parts", 1.5, || work.seal_safe(), || work.seal_parts(&clear));
}

fn clear_push(work: &Work) -> ReceivedPush {
    work.plain.open(&work.plain_query, PUSHES[0].as_bytes(), NOW).unwrap()
}
