//! Replies are written as the samples show, byte for byte.

use crate::samples::*;
use std::{collections::BTreeMap, fs};
use wx_events::{ErrorKind, InvalidReply, ReceivedPush, parse_unverified};
use wx_model::{Article, Reply};

/// When the sample replies were made.
const REPLIED: i64 = NOW + 1;

/// In answer to a message, which takes every kind of reply.
fn sealed(reply: Reply) -> String {
    plain().seal(&received_plain("pushes/push_text.xml"), reply, REPLIED).unwrap()
}

/// What is said about a reply that is not written.
fn refused(push: &ReceivedPush, reply: Reply) -> String {
    let error = plain().seal(push, reply, NOW).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidReply);
    error.to_string()
}

fn news(count: usize) -> Reply {
    Reply::News { articles: vec![Article::new("t", "u"); count] }
}

fn samples() -> [(&'static str, Reply); 8] {
    let some = |text: &str| Some(text.to_owned());
    let article = Article::new("开业活动", "https://qr.example.com/l/2026")
        .description("扫码来的朋友专享")
        .pic_url("https://qr.example.com/cover.jpg");
    [
        ("text", Reply::text("欢迎来自 2026 号渠道的朋友！\n回复 1 查看活动。")),
        ("image", Reply::Image { media_id: "MEDIA_EXAMPLE_IMG".to_owned() }),
        ("voice", Reply::Voice { media_id: "MEDIA_EXAMPLE_VOICE".to_owned() }),
        (
            "video",
            Reply::Video {
                media_id: "MEDIA_EXAMPLE_VIDEO".to_owned(),
                title: some("示例"),
                description: some("说明"),
            },
        ),
        (
            "music",
            Reply::Music {
                title: some("示例曲"),
                description: some("说明"),
                music_url: some("https://qr.example.com/a.mp3"),
                hq_music_url: some("https://qr.example.com/a-hq.mp3"),
                thumb_media_id: "MEDIA_EXAMPLE_THUMB".to_owned(),
            },
        ),
        ("news", Reply::News { articles: vec![article] }),
        ("transfer_customer_service", Reply::TransferCustomerService { kf_account: None }),
        (
            "transfer_customer_service_account",
            Reply::TransferCustomerService { kf_account: some("desk3@demo_mp") },
        ),
    ]
}

#[test]
fn every_sample_is_written_byte_for_byte() {
    for (name, reply) in samples() {
        assert_eq!(sealed(reply), fixture_line(&format!("replies/reply_{name}.xml")));
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/replies")).unwrap();
    assert_eq!(files.count(), samples().len());
}

#[test]
fn a_reply_reads_back() {
    for (name, reply) in samples() {
        let read = parse_unverified(sealed(reply).as_bytes()).unwrap();
        let push = received_plain("pushes/push_text.xml");
        assert_eq!(read.to_user.as_str(), push.from_user.as_str(), "{name}");
        assert_eq!(read.from_user.as_str(), push.to_user.as_str(), "{name}");
        assert_eq!(read.create_time, REPLIED, "{name}");
        assert!(name.starts_with(read.name()), "{name}");
    }
    let news = parse_unverified(&fixture("replies/reply_news.xml")).unwrap();
    assert_eq!(news.field("Articles.item.Title"), Some("开业活动"));
    assert_eq!(news.field("ArticleCount"), Some("1"));
}

#[test]
fn no_reply_is_success_in_every_mode() {
    let clear = received_plain("pushes/push_text.xml");
    assert_eq!(plain().seal(&clear, Reply::none(), NOW).unwrap(), "success");
    let none = Reply::none();
    assert_eq!(safe().seal(&received_encrypted(), &none, NOW).unwrap(), "success");
    assert_eq!(none, Reply::default());
}

/// Neither is ever refused: they are what is left where a reply is.
#[test]
fn the_empty_reply_is_no_byte_in_every_mode_and_answers_every_push() {
    assert_eq!(safe().seal(&received_encrypted(), Reply::Empty, NOW).unwrap(), "");
    for file in
        ["push_text.xml", "push_unsubscribe.xml", "push_verify_expired.xml", "component_authorized.xml"]
    {
        assert_eq!(plain().seal(&received_plain(&format!("pushes/{file}")), Reply::Empty, NOW).unwrap(), "");
    }
}

/// The reference has no sample of it: `MsgType` alone (protocol §9).
#[test]
fn a_conversation_is_handed_over_to_the_platforms_dialogue() {
    let xml = sealed(Reply::TransferBizAiIvr);
    let (_, end) = xml.split_once("</FromUserName>").unwrap();
    assert_eq!(
        end,
        "<CreateTime>1767229201</CreateTime><MsgType><![CDATA[transfer_biz_ai_ivr]]></MsgType></xml>"
    );
    assert_eq!(
        refused(&received_plain("pushes/push_scan_int.xml"), Reply::TransferBizAiIvr),
        "only a message can be handed over, and this push is an event; reply otherwise"
    );
}

#[test]
fn absent_parts_are_left_out() {
    let video = Reply::Video { media_id: "M".to_owned(), title: None, description: None };
    assert!(sealed(video).ends_with("<Video><MediaId><![CDATA[M]]></MediaId></Video></xml>"));
    let music = Reply::Music {
        title: None,
        description: None,
        music_url: None,
        hq_music_url: None,
        thumb_media_id: "T".to_owned(),
    };
    assert!(sealed(music).ends_with("<Music><ThumbMediaId><![CDATA[T]]></ThumbMediaId></Music></xml>"));
}

#[test]
fn texts_cannot_break_out_of_cdata() {
    let content = |text: &str| {
        let xml = sealed(Reply::text(text));
        let (_, rest) = xml.split_once("<Content>").unwrap();
        rest.strip_suffix("</Content></xml>").unwrap().to_owned()
    };
    assert_eq!(content("a]]>b"), "<![CDATA[a]]]]><![CDATA[>b]]>");
    assert_eq!(content("]]>]]>"), "<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>");
    assert_eq!(content("]]\0>\u{ffff}😀"), "<![CDATA[]]]]><![CDATA[>😀]]>");
}

#[test]
fn limits_are_checked_before_anything_is_sent() {
    let push = received_plain("pushes/push_subscribe_qr_int.xml");
    assert!(plain().seal(&push, Reply::text("店".repeat(682) + "ab"), NOW).is_ok());
    assert_eq!(
        refused(&push, Reply::text("店".repeat(683))),
        "a text reply has at most 2048 bytes, this one has 2049; shorten it"
    );
    assert!(plain().seal(&push, news(1), NOW).is_ok() && plain().seal(&push, news(8), NOW).is_ok());
    assert_eq!(refused(&push, news(0)), "a news reply has 1 to 8 articles, this one has 0");
    assert_eq!(refused(&push, news(9)), "a news reply has 1 to 8 articles, this one has 9");
}

#[test]
fn an_encrypted_push_needs_the_key_for_its_reply() {
    assert_eq!(
        refused(&received_encrypted(), Reply::text("a")),
        "the push was encrypted and this callback lacks its key or Token; seal with the callback that opened it"
    );
}

/// Every sample of a push under what may answer it.
#[test]
fn every_push_takes_only_what_the_platform_shows() {
    let transfer = || Reply::TransferCustomerService { kf_account: None };
    let mut table = BTreeMap::<_, Vec<String>>::new();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/pushes")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let push = received_plain(&format!("pushes/{name}"));
        assert_eq!(plain().seal(&push, Reply::none(), NOW).unwrap(), "success", "{name}");
        let told = |reply| {
            plain().seal(&push, reply, NOW).map_or_else(|error| error.to_string(), |_| "yes".to_owned())
        };
        let told = [("text", Reply::text("a")), ("two articles", news(2)), ("transfer", transfer())]
            .map(|(kind, reply)| format!("{kind}: {}", told(reply)));
        table.entry(told.join("\n")).or_default().push(name);
    }
    let table = table.into_iter().map(|(told, mut names)| {
        names.sort();
        format!("{told}\n    {}\n", names.join("\n    "))
    });
    insta::assert_snapshot!("answers", table.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_reply_to_unsubscribe_a_system_event_or_a_notice_is_refused() {
    let told = |file: &str| refused(&received_plain(file), Reply::text("a"));
    assert_eq!(
        told("pushes/push_unsubscribe.xml"),
        "the person has stopped following and gets no reply; answer unsubscribe with Reply::none()"
    );
    assert_eq!(
        told("pushes/push_verify_expired.xml"),
        "the event is the platform's own and nobody gets the reply; answer it with Reply::none()"
    );
    assert_eq!(
        told("pushes/component_verify_ticket.xml"),
        "a notice to a third-party platform has no sender to reply to; answer it with Reply::none()"
    );
}

#[test]
fn an_event_is_the_platforms_own_in_whatever_letters_it_is_named() {
    let event = |name: &str| {
        let body = format!(
            "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event> {name} </Event></xml>"
        );
        let push = plain().open(&plain_query(), body.as_bytes(), NOW).unwrap();
        plain().seal(&push, Reply::text("a"), NOW).is_ok()
    };
    for refused in ["templatesendjobfinish", "TemplateSendJobFinish", "UNSUBSCRIBE", "Verify_Expired"] {
        assert!(!event(refused), "{refused}");
    }
    for answerable in ["debug_demo", "user_enter_session_from_card", "of_tomorrow", "verify_expired_soon"] {
        assert!(event(answerable), "{answerable}");
    }
}

#[test]
fn json_replies_have_the_same_paths() {
    let push =
        plain().open(&plain_query(), &fixture("pushes/push_json_style_subscribe_msg_sent_event.json"), NOW);
    let article = |title: &str| Article::new(title, "u");
    let push = push.unwrap();
    let news = Reply::News { articles: vec![article("a\"]]>"), article("b")] };
    let json = plain().seal(&push, news, NOW).unwrap();
    let read = parse_unverified(json.as_bytes()).unwrap();
    assert_eq!(read.field("Articles.item[0].Title"), Some("a\"]]>"));
    assert_eq!(read.field("Articles.item[1].Title"), Some("b"));
    assert_eq!((read.field("ArticleCount"), read.create_time), (Some("2"), NOW));
}

#[test]
fn every_reply_says_the_same_in_json() {
    let message = br#"{"ToUserName":"gh","FromUserName":"o","CreateTime":1,"MsgType":"text","Content":"a"}"#;
    let push = plain().open(&plain_query(), message, NOW).unwrap();
    let content = |body: &str| {
        let push = parse_unverified(body.as_bytes()).unwrap();
        let said = push.fields.iter().filter(|(path, _)| !path.ends_with("UserName") && path != "CreateTime");
        said.map(|(path, text)| format!("{path}={text}")).collect::<Vec<_>>()
    };
    for (name, reply) in samples() {
        let json = plain().seal(&push, &reply, NOW).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["CreateTime"].is_i64());
        assert_eq!(content(&json), content(&sealed(reply)), "{name}");
    }
}

#[test]
fn a_reply_that_says_nothing_is_refused() {
    let push = received_plain("pushes/push_text.xml");
    let cases = [
        (Reply::text(""), "Content"),
        (Reply::text(" \n\0"), "Content"),
        (Reply::Image { media_id: String::new() }, "MediaId"),
        (Reply::Voice { media_id: " ".to_owned() }, "MediaId"),
        (Reply::TransferCustomerService { kf_account: Some("\t".to_owned()) }, "KfAccount"),
    ];
    for (reply, element) in cases {
        let error = plain().seal(&push, reply, NOW).unwrap_err();
        assert_eq!(error.invalid_reply(), Some(InvalidReply::Empty { element }));
    }
}
