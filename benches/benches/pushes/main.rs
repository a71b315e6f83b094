//! Reading, opening and answering pushes, against the work that nobody can avoid.
//!
//! `cargo bench -p benches --bench pushes`; the ratios, allocations and growth stand in the last lines.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

mod floor;

use allocation_counter::measure;
use benches::{print_ratio, ratio};
use criterion::Criterion;
use floor::{Floor, pass, sha1};
use std::{fs, hint::black_box};
use wx_crypto::EncodingAesKey;
use wx_events::{Callback, CallbackQuery, ReceivedPush};
use wx_model::{AppId, CallbackToken, Reply};

const TOKEN: &str = "ChannelToken2026";
const KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
const NOW: i64 = 1_767_229_200;
const QUERY: &str = "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200&nonce=918273645";
const MSG_SIGNATURE: &str = "4ea68114bed40263e8386263caa1ec10ba13b97e";
const PUSHES: [&str; 3] = [
    include_str!("../../../crates/wx-events/tests/fixtures/pushes/push_scan_int.xml"),
    include_str!("../../../crates/wx-events/tests/fixtures/pushes/push_subscribe_qr_int.xml"),
    include_str!("../../../crates/wx-events/tests/fixtures/pushes/push_text.xml"),
];
const ALL_PUSHES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/wx-events/tests/fixtures/pushes");
const ENVELOPE: &str =
    include_str!("../../../crates/wx-events/tests/fixtures/envelopes/encrypted_push_envelope.xml");

struct Work {
    plain: Callback,
    safe: Callback,
    floor: Floor,
    plain_query: CallbackQuery,
    safe_query: CallbackQuery,
    encrypt: String,
    received: ReceivedPush,
}

impl Work {
    fn new() -> Self {
        let key: EncodingAesKey = KEY.parse().unwrap();
        let plain_query = CallbackQuery::parse(QUERY);
        let safe_query =
            CallbackQuery::parse(&format!("{QUERY}&encrypt_type=aes&msg_signature={MSG_SIGNATURE}"));
        let safe = Callback::safe(CallbackToken::from(TOKEN), key, AppId::from(APP_ID));
        let (_, rest) = ENVELOPE.split_once("<Encrypt><![CDATA[").unwrap();
        let encrypt = rest.split_once("]]>").unwrap().0.to_owned();
        let received = safe.open(&safe_query, ENVELOPE.as_bytes(), NOW).unwrap();
        let (plain, floor) = (Callback::plain(TOKEN.into()), Floor::new(KEY));
        Self { plain, safe, floor, plain_query, safe_query, encrypt, received }
    }

    fn open_one(&self, body: &str) -> ReceivedPush {
        self.plain.open(&self.plain_query, black_box(body.as_bytes()), NOW).unwrap()
    }

    fn open_plain(&self) -> [ReceivedPush; 3] {
        PUSHES.map(|body| self.open_one(body))
    }

    fn open_safe(&self) -> ReceivedPush {
        self.safe.open(&self.safe_query, black_box(ENVELOPE.as_bytes()), NOW).unwrap()
    }

    /// SHA-1, base64 and AES alone, and one borrowed pass over what was inside.
    fn open_parts(&self) -> usize {
        let query = &self.safe_query;
        let digest = sha1([TOKEN, &query.timestamp, &query.nonce, &self.encrypt]);
        let message = self.floor.decrypt(black_box(&self.encrypt));
        usize::from(digest[0]) + pass(std::str::from_utf8(&message).unwrap())
    }

    fn seal_safe(&self) -> String {
        self.safe.seal(&self.received, Reply::text(ANSWER), NOW).unwrap()
    }

    fn seal_parts(&self, clear: &str) -> usize {
        let encrypt = self.floor.encrypt(black_box(clear.as_bytes()), APP_ID);
        usize::from(sha1([TOKEN, "1767229200", "918273645", &encrypt])[0])
    }
}

const ANSWER: &str = "欢迎来自 2026 号渠道的朋友！";

fn main() {
    let work = Work::new();
    let clear = work.plain.seal(&work.open_one(PUSHES[0]), Reply::text(ANSWER), NOW).unwrap();
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
    print_allocations(&work);
    print_growth(&work);
}

fn print_allocations(work: &Work) {
    let count = |body: &str| measure(|| drop(work.open_one(body))).count_total;
    let [scan, subscribe, text] = PUSHES.map(count);
    println!("allocations: SCAN {scan}, subscribe {subscribe}, text {text} (goal 12)");

    let samples = fs::read_dir(ALL_PUSHES).unwrap().map(|entry| entry.unwrap().path());
    let counts = samples.map(|path| (count(&fs::read_to_string(&path).unwrap()), path));
    let (most, path) = counts.max().unwrap();
    println!("allocations: {most} at most, {}", path.file_stem().unwrap().display());
    println!("allocations: safe push {}", measure(|| drop(work.open_safe())).count_total);
}

/// How a byte of a long push compares with a byte of a short one: 1 is linear.
fn print_growth(work: &Work) {
    const SHORT: usize = 400;
    const LONG: usize = 64 * 1024;
    type Shape = fn(usize) -> String;
    let shapes: [(&str, Shape); 3] =
        [("one text", long_text), ("many elements", many_elements), ("references", references)];
    for (name, shape) in shapes {
        let (short, long) = (shape(SHORT), shape(LONG));
        let growth = ratio(|| work.open_one(&long), || work.open_one(&short));
        #[expect(clippy::cast_precision_loss, reason = "sizes of some KiB")]
        let size = long.len() as f64 / short.len() as f64;
        println!("growth {} to {} bytes, {name}: {:.2} of linear", short.len(), long.len(), growth / size);
    }
}

fn long_text(bytes: usize) -> String {
    filled("<Content><![CDATA[", "欢迎 welcome ", "]]></Content>", bytes)
}

fn many_elements(bytes: usize) -> String {
    let element = "<List><TemplateId><![CDATA[VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc]]></TemplateId></List>";
    filled("<Event>of_tomorrow</Event>", element, "", bytes)
}

fn references(bytes: usize) -> String {
    filled("<Content>", "a&amp;b&#x4e2d;\r\n", "</Content>", bytes)
}

fn filled(before: &str, repeated: &str, after: &str, bytes: usize) -> String {
    let head = "<xml><ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName><FromUserName><![CDATA[oK7tV5xA2bQm9Lr0PzYc3NdEfGhI]]></FromUserName><CreateTime>1767229200</CreateTime><MsgType><![CDATA[text]]></MsgType>";
    let room = bytes.saturating_sub(head.len() + before.len() + after.len() + "</xml>".len());
    format!("{head}{before}{}{after}</xml>", repeated.repeat(room / repeated.len()))
}
