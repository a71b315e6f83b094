//! Laws that hold for any input.

use crate::samples::*;
use proptest::prelude::*;
use wx_events::{CallbackQuery, parse_unverified};
use wx_model::{Reply, SceneStr};

fn without_forbidden(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}

/// Texts that press on what XML and CDATA mind.
fn awkward_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        any::<char>().prop_map(String::from),
        Just("]]>".to_owned()),
        Just("]]".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("&amp;</Content>".to_owned()),
        Just("\0\u{fffe}\r\n ".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_reply_reads_back_as_the_same_text(text in awkward_text(), title in awkward_text()) {
        let push = received_plain("pushes/push_text.xml");
        let xml = plain().seal(&push, Reply::text(text.as_str()), NOW).unwrap();
        let read = parse_unverified(xml.as_bytes()).unwrap();
        prop_assert_eq!(read.field("Content").unwrap(), without_forbidden(&text));

        let video = Reply::Video { media_id: text.clone(), title: Some(title.clone()), description: None };
        let read = parse_unverified(plain().seal(&push, video, NOW).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.field("Video.MediaId").unwrap(), without_forbidden(&text));
        prop_assert_eq!(read.field("Video.Title").unwrap(), without_forbidden(&title));
    }

    #[test]
    fn a_scene_reads_back_from_follow_and_scan(text in "\\PC{1,20}", bare: bool) {
        let Ok(scene) = SceneStr::new(text) else { return Ok(()) };
        let scene = scene.as_str();
        for (event, prefix) in [("subscribe", "qrscene_"), ("SCAN", "")] {
            let key = format!("{prefix}{scene}");
            let key = if bare { escaped(&key) } else { cdata(&key) };
            let body = format!(
                "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>\
                 <Event>{event}</Event><EventKey>{key}</EventKey></xml>"
            );
            let push = parse_unverified(body.as_bytes()).unwrap();
            let scan = push.scene_scan().unwrap();
            prop_assert_eq!(scan.scene.as_str(), without_forbidden(scene));
            prop_assert_eq!(scan.is_new_follower(), event == "subscribe");
        }
    }

    #[test]
    fn a_scene_reads_back_from_json(text in "\\PC{1,20}") {
        let Ok(scene) = SceneStr::new(text) else { return Ok(()) };
        let body = serde_json::json!({
            "FromUserName": "o", "CreateTime": 1, "MsgType": "event", "Event": "SCAN", "EventKey": scene.as_str(),
        });
        let push = parse_unverified(body.to_string().as_bytes()).unwrap();
        prop_assert_eq!(push.scene_scan().unwrap().scene.as_str(), without_forbidden(scene.as_str()));
    }

    #[test]
    fn any_bytes_are_read_without_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_in_every_way(&body);
    }

    #[test]
    fn anything_like_xml_or_json_is_read_without_panic(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        read_in_every_way(pieces.concat().as_bytes());
    }

    #[test]
    fn any_text_may_stand_in_the_envelope(encrypt in "[A-Za-z0-9+/]{0,200}={0,2}") {
        let query = query_for(TOKEN, &encrypt);
        prop_assert!(safe().open(&query, envelope(&encrypt).as_bytes(), NOW).is_err());
    }

    #[test]
    fn any_query_is_read_without_panic(raw in any::<String>()) {
        let query = CallbackQuery::parse(&raw);
        prop_assert!(safe().echo(&query).is_err());
    }
}

const PIECES: &[&str] = &[
    "<xml>",
    "</xml>",
    "<a>",
    "</a>",
    "<a/>",
    "<Encrypt>",
    "</Encrypt>",
    "<MsgType>",
    "</MsgType>",
    "text",
    "event",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "&amp;",
    "&#65;",
    "&",
    ";",
    "<!DOCTYPE",
    "<",
    ">",
    "\"",
    "'",
    "=",
    " ",
    "\n",
    "\0",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"a\"",
    "\"Encrypt\"",
    "\"MsgType\"",
    "1",
    "null",
    "\\u0000",
    "中",
];

fn read_in_every_way(body: &[u8]) {
    let _ = parse_unverified(body);
    let _ = plain().open(&plain_query(), body, NOW);
    let _ = compatible().open(&encrypted_query(), body, NOW);
    assert!(safe().open(&encrypted_query(), body, NOW).is_err());
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&#62;")
}

fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}
