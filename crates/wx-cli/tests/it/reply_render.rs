//! `wx reply render`

use crate::{
    program::{Run, wx, wx_in},
    push_decode::sample,
};
use std::path::PathBuf;

const KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
const SAFE: [&str; 8] =
    ["--mode", "safe", "--token", "ChannelToken2026", "--aes-key", KEY, "--app-id", APP_ID];
const PEOPLE: [&str; 4] = ["--to", "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI", "--from", "gh_3f9a1c77be20"];
const STAMP: [&str; 4] = ["--timestamp", "1767229201", "--nonce", "918273645"];

/// Renders a file of that name and text.
fn render(name: &str, text: &str, args: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    wx_in(folder.path(), &[&["reply", "render", name], args, &STAMP].concat(), &[])
}

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../wx-events/tests/fixtures/replies");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

const SAMPLES: [(&str, &str, &str); 8] = [
    (
        "reply_text.xml",
        "a.json",
        r#"{"msg_type":"text","content":"欢迎来自 2026 号渠道的朋友！\n回复 1 查看活动。"}"#,
    ),
    ("reply_image.xml", "a.toml", "msg_type = \"image\"\nmedia_id = \"MEDIA_EXAMPLE_IMG\"\n"),
    ("reply_voice.xml", "a.json", r#"{"msg_type":"voice","media_id":"MEDIA_EXAMPLE_VOICE"}"#),
    (
        "reply_video.xml",
        "a.TOML",
        "msg_type = \"video\"\nmedia_id = \"MEDIA_EXAMPLE_VIDEO\"\ntitle = \"示例\"\ndescription = \"说明\"\n",
    ),
    (
        "reply_music.xml",
        "a.txt",
        r#" {"msg_type":"music","thumb_media_id":"MEDIA_EXAMPLE_THUMB","title":"示例曲","description":"说明",
           "music_url":"https://qr.example.com/a.mp3","hq_music_url":"https://qr.example.com/a-hq.mp3"}"#,
    ),
    (
        "reply_news.xml",
        "a",
        "msg_type = \"news\"\n[[articles]]\ntitle = \"开业活动\"\ndescription = \"扫码来的朋友专享\"\n\
         pic_url = \"https://qr.example.com/cover.jpg\"\nurl = \"https://qr.example.com/l/2026\"\n",
    ),
    ("reply_transfer_customer_service.xml", "a.json", r#"{"msg_type":"transfer_customer_service"}"#),
    (
        "reply_transfer_customer_service_account.xml",
        "a.json",
        r#"{"msg_type":"transfer_customer_service","kf_account":"desk3@demo_mp"}"#,
    ),
];

#[test]
fn every_kind_is_written_as_the_samples_are() {
    let push = sample("push_text.xml");
    for (expected, name, text) in SAMPLES {
        let expected = fixture(expected);
        for target in [&PEOPLE[..], &["--push", &push]] {
            let run = render(name, text, target);
            assert_eq!((run.code, run.stdout.trim_end()), (0, expected.trim_end()), "{run:?}");
        }
    }
    assert_eq!(render("a.json", r#"{"msg_type":"none"}"#, &PEOPLE).stdout, "success\n");
    assert_eq!(render("a.json", r#"{"msg_type":"empty"}"#, &PEOPLE).stdout, "\n");
    let dialogue = render("a.json", r#"{"msg_type":"transfer_biz_ai_ivr"}"#, &PEOPLE).stdout;
    assert!(dialogue.ends_with("<MsgType><![CDATA[transfer_biz_ai_ivr]]></MsgType></xml>\n"), "{dialogue}");
}

#[test]
fn an_encrypted_reply_holds_the_clear_one() {
    for (expected, name, text) in SAMPLES {
        let rendered = render(name, text, &[&PEOPLE[..], &SAFE, &["--json"]].concat()).json();
        assert_eq!((&rendered["mode"], &rendered["encrypted"]), (&"safe".into(), &true.into()));
        assert_eq!(rendered["content_type"], "text/xml; charset=utf-8");
        let body = rendered["body"].as_str().unwrap();
        let encrypt =
            body.split("]]></Encrypt>").next().unwrap().strip_prefix("<xml><Encrypt><![CDATA[").unwrap();
        let clear = wx_crypto::open(&KEY.parse().unwrap(), APP_ID, encrypt).unwrap();
        assert_eq!(String::from_utf8(clear).unwrap(), fixture(expected).trim_end());
        assert!(
            body.ends_with("<TimeStamp>1767229201</TimeStamp><Nonce><![CDATA[918273645]]></Nonce></xml>"),
            "{body}"
        );
    }
    let none = render("a.json", r#"{"msg_type":"none"}"#, &[&PEOPLE[..], &SAFE, &["--json"]].concat()).json();
    assert_eq!((&none["body"], &none["encrypted"]), (&"success".into(), &false.into()));
}

#[test]
fn json_is_written_for_a_json_push_or_on_demand() {
    let text = r#"{"msg_type":"text","content":"a"}"#;
    let expected = serde_json::json!({
        "ToUserName": "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI",
        "FromUserName": "gh_3f9a1c77be20",
        "CreateTime": 1_767_229_201,
        "MsgType": "text",
        "Content": "a",
    });
    assert_eq!(render("a.json", text, &[&PEOPLE[..], &["--format", "json"]].concat()).json(), expected);
    let xml = sample("push_text.xml");
    assert_eq!(render("a.json", text, &["--push", &xml, "--format", "json"]).json(), expected);

    let folder = tempfile::tempdir().unwrap();
    let push = r#"{"ToUserName":"gh_3f9a1c77be20","FromUserName":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","CreateTime":1,"MsgType":"text","Content":"1"}"#;
    let path = folder.path().join("push.json");
    std::fs::write(&path, push).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(render("a.json", text, &["--push", path]).json(), expected);
    assert!(render("a.json", text, &["--push", path, "--format", "xml"]).stdout.starts_with("<xml>"));
}

#[test]
fn a_text_needs_no_file_and_a_clear_reply_no_secret() {
    let run = wx(&[&["reply", "render", "--text", "a ]]> b"], &PEOPLE[..], &STAMP].concat());
    assert!(run.stdout.contains("<Content><![CDATA[a ]]]]><![CDATA[> b]]></Content>"), "{run:?}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wx.toml"), "[callback]\noriginal_id = \"gh_1\"\n").unwrap();
    let run = wx_in(folder.path(), &["reply", "render", "--text", "a", "--to", "o1"], &[]);
    assert!(run.stdout.contains("<FromUserName><![CDATA[gh_1]]></FromUserName>"), "{run:?}");
}

#[test]
fn what_the_platform_would_not_show_is_not_printed() {
    let fails = |text: &str, args: &[&str], part: &str| {
        render("a.json", text, &[&PEOPLE[..], args].concat()).assert_sentence(2, part);
    };
    let text = |content: &str| format!(r#"{{"msg_type":"text","content":"{content}"}}"#);
    let news = |count: usize| {
        format!(r#"{{"msg_type":"news","articles":[{}]}}"#, vec![r#"{"title":"t"}"#; count].join(","))
    };
    fails(&text(&"a".repeat(2049)), &[], "at most 2048 bytes, this one has 2049");
    fails(&text(""), &[], "the Content of the reply is empty");
    fails(&news(0), &[], "1 to 8 articles");
    fails(&news(9), &[], "1 to 8 articles");
    assert_eq!(render("a.json", &news(8), &PEOPLE).code, 0);
    fails(&news(2), &["--answers", "message"], "a news reply to a message has 1 article");
    fails(r#"{"msg_type":"transfer_customer_service"}"#, &["--answers", "event"], "only a message");

    let left = sample("push_unsubscribe.xml");
    render("a.json", &text("a"), &["--push", &left]).assert_sentence(2, "stopped following");
    let notice = sample("component_authorized.xml");
    render("a.json", &text("a"), &["--push", &notice]).assert_sentence(2, "third-party platform");
    let envelope = sample("encrypted_push_envelope.xml");
    render("a.json", &text("a"), &["--push", &envelope]).assert_sentence(2, "is no clear push");
}

#[test]
fn a_file_that_is_no_reply_says_why() {
    let fails = |name: &str, text: &str, part: &str| render(name, text, &PEOPLE).assert_sentence(2, part);
    fails("a.json", "", "a.json is no reply");
    fails("a.json", r#"{"content":"a"}"#, "missing field `msg_type`");
    fails("a.json", r#"{"msg_type":"text"}"#, "missing field `content`");
    fails("a.json", r#"{"msg_type":"text","content":"a","media_id":"b"}"#, "unknown field `media_id`");
    fails("a.json", r#"{"msg_type":"none","content":"a"}"#, "unknown field `content`");
    fails("a.json", r#"{"msg_type":"Text","content":"a"}"#, "unknown variant `Text`");
    fails("a.toml", "msg_type = \"news\"\n[[articles]]\nheadline = \"a\"\n", "unknown field `headline`");
    fails("a.toml", "msg_type = text", "a.toml is no reply");
    fails("a", "\0\u{1}", "is no reply");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a"), [0xff, 0xfe]).unwrap();
    std::fs::write(folder.path().join("large"), vec![b'{'; 10_000_000]).unwrap();
    let run = |args: &[&str]| wx_in(folder.path(), &[&["reply", "render"], args].concat(), &[]);
    run(&["a"]).assert_sentence(2, "it is not UTF-8");
    run(&["large"]).assert_sentence(2, "large is no reply");
    run(&["."]).assert_sentence(2, "cannot read .");
    run(&["none"]).assert_sentence(2, "cannot read none");
    run(&[]).assert_sentence(2, "<FILE>");
    run(&["--text", "a"]).assert_sentence(2, "--to");
    run(&["--text", "a", "--to", "o"]).assert_sentence(2, "--from");
    run(&["--text", "a", "--to", "o", "--from", "gh", "--mode", "safe"]).assert_sentence(2, "WX_TOKEN");
}
