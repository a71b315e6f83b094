//! `wx push decode`: what is said about a push that fails, for every cause.

use crate::{
    program::{Run, wx, wx_in},
    push_decode::sample,
};
use std::{fmt::Write, path::Path};
use wx_crypto::{EncodingAesKey, seal, signature};

const TOKEN: &str = "ChannelToken2026";
const KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
const CLEAR: &str = "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>o1</FromUserName>\
    <CreateTime>1767229200</CreateTime><MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId></xml>";

/// One `wx push decode` in the making.
struct Decode {
    body: Vec<u8>,
    query: String,
    flags: Vec<(&'static str, String)>,
}

impl Decode {
    /// A safe push that opens.
    fn safe() -> Self {
        let flags = [("--mode", "safe"), ("--token", TOKEN), ("--aes-key", KEY), ("--app-id", APP_ID)];
        let flags = flags.map(|(name, value)| (name, value.to_owned())).to_vec();
        Self { body: Vec::new(), query: String::new(), flags }.encrypt(sealed(APP_ID))
    }

    /// A plain push that is verified.
    fn plain() -> Self {
        let mut this = Self { body: CLEAR.into(), query: query(&[]), ..Self::safe() };
        this.flags.retain(|(name, _)| *name == "--token");
        this
    }

    fn flag(mut self, name: &'static str, value: &str) -> Self {
        self.flags.retain(|(given, _)| *given != name);
        self.flags.push((name, value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.flags.retain(|(given, _)| *given != name);
        self
    }

    fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    fn query(self, query: impl Into<String>) -> Self {
        Self { query: query.into(), ..self }
    }

    /// The envelope with that text, properly signed.
    fn encrypt(self, encrypt: impl AsRef<str>) -> Self {
        let encrypt = encrypt.as_ref();
        self.body(envelope(encrypt)).query(query(&[encrypt]))
    }

    fn run(&self, folder: &Path, script: bool) -> Run {
        std::fs::write(folder.join("push.xml"), &self.body).unwrap();
        let mut args = vec!["push", "decode", "push.xml", "--query", &self.query];
        args.extend(self.flags.iter().flat_map(|(name, value)| [*name, value]));
        args.extend(script.then_some("--fields"));
        wx_in(folder, &args, &[])
    }
}

fn sealed(app_id: &str) -> String {
    let key: EncodingAesKey = KEY.parse().unwrap();
    seal(&key, app_id, [7; 16], CLEAR.as_bytes())
}

fn envelope(encrypt: &str) -> String {
    format!("<xml><ToUserName>gh_3f9a1c77be20</ToUserName><Encrypt>{encrypt}</Encrypt></xml>")
}

/// The query of a push, encrypted if there is a text that `msg_signature` covers.
fn query(encrypt: &[&str]) -> String {
    let clear = signature([TOKEN, "1767229200", "918273645"]);
    let mut query = format!("signature={clear}&timestamp=1767229200&nonce=918273645&openid=o1");
    for text in encrypt {
        let proof = signature([TOKEN, "1767229200", "918273645", text]);
        write!(query, "&encrypt_type=aes&msg_signature={proof}").unwrap();
    }
    query
}

/// A sealed text with a `+` in it.
fn with_plus() -> String {
    let key: EncodingAesKey = KEY.parse().unwrap();
    let texts = (0..).map(|salt| seal(&key, APP_ID, [salt; 16], CLEAR.as_bytes()));
    texts.into_iter().find(|text| text.contains('+')).unwrap()
}

fn cases() -> Vec<(&'static str, Decode)> {
    let good = sealed(APP_ID);
    let plus = with_plus();
    let clear_signature = query(&[]);
    let plain_as_safe = clear_signature.replace("signature=", "msg_signature=");
    let other = sealed("wx1111111111111111");
    let key = |key: &str| Decode::safe().flag("--aes-key", key);
    vec![
        ("no query", Decode::safe().query("")),
        ("a query cut at &", Decode::safe().query("signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59")),
        ("a query from a web page", Decode::safe().query(query(&[&good]).replace('&', "&amp;"))),
        ("msg_signature dropped", Decode::safe().query(clear_signature.clone())),
        (
            "signature in place of msg_signature",
            Decode::safe().query(format!("{plain_as_safe}&{clear_signature}")),
        ),
        ("signature over the clear text", Decode::safe().query(query(&[CLEAR]))),
        ("another token", Decode::safe().flag("--token", "AnotherToken")),
        ("the key as token", Decode::safe().flag("--token", KEY).flag("--aes-key", &KEY.to_lowercase())),
        ("body of another request", Decode::safe().query(query(&[&plus]))),
        ("body changed on the way", Decode::safe().body(envelope(&good.replace('a', "b")))),
        (
            "+ became a blank on the way",
            Decode::safe().encrypt(&plus).body(envelope(&plus.replace('+', " "))),
        ),
        ("+ was a blank when it was signed", Decode::safe().encrypt(plus.replace('+', " "))),
        ("another key", key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")),
        ("a short key", key("Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVt")),
        ("a key with =", key(&format!("{KEY}="))),
        ("a key with a blank", key(&KEY.replacen('b', " ", 1))),
        ("the AppSecret as key", key("0123456789abcdef0123456789abcdef")),
        ("the AppID as key", key(APP_ID)),
        ("another account inside", Decode::safe().encrypt(&other)),
        ("the envelope cut", Decode::safe().encrypt(&good[..80])),
        ("a clear body, mode safe", Decode::safe().body(CLEAR).query(clear_signature)),
        ("an encrypted body, mode plain", Decode::safe().without("--mode")),
        ("an encrypted body, nothing to verify it with", Decode { flags: Vec::new(), ..Decode::safe() }),
        ("another original id", Decode::plain().flag("--account", "gh_000000000000")),
        ("XML cut", Decode::plain().body(&CLEAR[..100])),
        ("XML with an &", Decode::plain().body(CLEAR.replace(">a<", ">a & b<"))),
        ("a web page", Decode::plain().body("<!DOCTYPE html>\n<p>502 Bad Gateway")),
        ("a whole HTTP request", Decode::plain().body(format!("POST /wx HTTP/1.1\r\n\r\n{CLEAR}"))),
        ("the Encrypt text alone", Decode::safe().body(good)),
        ("an answer of the API", Decode::plain().body(r#"{"errcode":40001,"errmsg":"invalid credential"}"#)),
    ]
}

#[test]
fn every_cause_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = String::new();
    for (title, decode) in cases() {
        let script = decode.run(folder.path(), true);
        let problem = script.json();
        assert_eq!((script.code, &problem["outcome"]), (1, &"error".into()), "{title}: {script:?}");
        let people = decode.run(folder.path(), false);
        assert_eq!((people.code, people.stdout.as_str()), (1, ""), "{title}: {people:?}");
        for output in [&script.stdout, &script.stderr, &people.stderr] {
            assert!(!output.contains(TOKEN) && !output.contains(KEY), "{title}: {output}");
        }
        let causes = problem["causes"].as_array().unwrap();
        let names: Vec<_> = causes.iter().map(|cause| cause["name"].as_str().unwrap()).collect();
        let [code, step] = ["code", "step"].map(|name| problem[name].to_string().replace('"', ""));
        writeln!(told, "# {title}\n{code} {step}: {}\n{}", names.join(", "), people.stderr).unwrap();
    }
    insta::assert_snapshot!("causes", told);
}

#[test]
fn a_push_out_of_the_time_window_is_named_with_its_age() {
    let folder = tempfile::tempdir().unwrap();
    let old = Decode::plain().flag("--time-window", "600");
    let problem = old.run(folder.path(), true).json();
    assert_eq!((&problem["code"], &problem["step"]), (&"window".into(), &"window".into()), "{problem}");
    let cause = &problem["causes"][0];
    assert_eq!(cause["name"], "old");
    assert!(cause["message"].as_str().unwrap().contains(" days ago"), "{cause}");
    assert_eq!(old.flag("--time-window", "4000000000").run(folder.path(), true).json()["outcome"], "ok");
}

#[test]
fn previous_secrets_are_tried_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let other = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    let exchanged = Decode::safe()
        .flag("--token", "NewToken")
        .flag("--previous-token", TOKEN)
        .flag("--aes-key", other)
        .flag("--previous-aes-key", KEY);
    let decoded = exchanged.run(folder.path(), true).json();
    assert_eq!((&decoded["outcome"], &decoded["verified"]), (&"ok".into(), &true.into()), "{decoded}");
    assert_eq!(decoded["previous"], serde_json::json!(["token", "aes_key"]));
    let people = exchanged.run(folder.path(), false).stdout;
    assert!(people.contains("verified and decrypted, with the previous token and aes_key\n"), "{people}");

    let current = Decode::safe().run(folder.path(), true).json();
    assert!(current.get("previous").is_none(), "{current}");
    let short = Decode::safe().flag("--previous-aes-key", "short").run(folder.path(), true);
    let problem = short.json();
    assert_eq!(
        (short.code, &problem["code"], &problem["step"]),
        (1, &(-40004).into(), &"previous_key".into())
    );
}

#[test]
fn files_that_are_no_push_are_refused_whatever_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile");
    let bodies: [(&str, Vec<u8>); 6] = [
        ("empty", Vec::new()),
        ("binary", (0..=255).cycle().take(4096).collect()),
        ("utf16", "\u{feff}<xml/>".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("compressed", vec![0x1f, 0x8b, 8, 0, 0]),
        ("10 MB", vec![b'<'; 10_000_000]),
        ("deep", "<a>".repeat(100_000).into_bytes()),
    ];
    for (name, body) in bodies {
        std::fs::write(&path, body).unwrap();
        let path = path.to_str().unwrap();
        for flags in [&["--fields"][..], &["--fields", "--token", TOKEN, "--query", &query(&[])]] {
            let run = wx(&[&["push", "decode", path], flags].concat());
            assert_eq!((run.code, &run.json()["outcome"]), (1, &"error".into()), "{name}");
            assert!(run.stdout.len() < 2000 && run.stderr.is_empty(), "{name}: {run:?}");
        }
    }
    let folder = folder.path().to_str().unwrap();
    wx(&["push", "decode", folder, "--fields"]).assert_sentence(2, "cannot read");
}

#[test]
fn flags_that_need_the_token_say_so() {
    let file = sample("push_scan_int.xml");
    for flag in
        [["--previous-token", TOKEN], ["--aes-key", KEY], ["--time-window", "60"], ["--account", "gh_1"]]
    {
        wx(&[&["push", "decode", &file], &flag[..]].concat()).assert_sentence(2, "--token");
    }
    wx(&["push", "decode", &file, "--token", "t", "--mode", "safe"])
        .assert_sentence(2, "safe mode needs --aes-key");
    wx(&["push", "decode", &file, "--db", "wx.db"]).assert_sentence(2, "--app-id");
}

#[test]
fn only_flags_count_unless_the_configuration_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("push.xml"), envelope(&sealed(APP_ID))).unwrap();
    std::fs::write(folder.path().join("key"), KEY).unwrap();
    let config = format!(
        "app_id = \"{APP_ID}\"\n[callback]\nmode = \"safe\"\ntoken = \"Wrong\"\naes_key_file = \"key\"\n"
    );
    std::fs::write(folder.path().join("wx.toml"), config).unwrap();
    let query = query(&[&sealed(APP_ID)]);
    let run = |args: &[&str]| {
        let args = [&["push", "decode", "push.xml", "--fields", "--query", &query], args].concat();
        wx_in(folder.path(), &args, &[("WX_TOKEN", TOKEN)]).json()
    };
    assert_eq!(run(&[])["causes"][0]["name"], "encrypted");
    let configured = run(&["--from-config"]);
    assert_eq!(
        (&configured["verified"], &configured["encrypted"]),
        (&true.into(), &true.into()),
        "{configured}"
    );
    assert_eq!(run(&["--from-config", "--token", "Other"])["step"], "signature");
    assert_eq!(run(&["--from-config", "--mode", "plain"])["causes"][0]["name"], "encrypted_in_plain_mode");
}
