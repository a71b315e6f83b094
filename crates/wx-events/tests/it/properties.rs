//! Laws that hold for any input.

use crate::samples::*;
use proptest::prelude::*;
use wx_events::{CallbackQuery, parse_unverified};
use wx_model::{Reply, SceneStr};

/// What XML carries of a text that is written as it is.
fn through_xml(text: &str) -> String {
    without_forbidden(text).replace("\r\n", "\n").replace('\r', "\n")
}

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

/// Texts of any characters, with many of those that XML forbids, changes or gives a meaning, and of blanks.
fn scene_text() -> impl Strategy<Value = String> {
    let awkward =
        "\0\t\n\r \u{7f}\u{85}\u{a0}\u{2028}\u{3000}\u{feff}\u{fffd}\u{fffe}\u{ffff}\u{10ffff}&;<>]![";
    let awkward = proptest::sample::select(awkward.chars().collect::<Vec<_>>());
    let character =
        prop_oneof![4 => any::<char>(), 3 => proptest::char::range('\0', char::MAX), 1 => awkward];
    proptest::collection::vec(character, 1..12).prop_map(String::from_iter)
}

/// The scene of a push whose `EventKey` is `prefix` and `scene` is `scene`, exactly.
fn reads_back(scene: &SceneStr, event: &str, prefix: &str, bare: bool) {
    let key = format!("{prefix}{}", scene.as_str());
    let key = if bare { escaped(&key) } else { cdata(&key) };
    let body = format!(
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>\
         <Event>{event}</Event><EventKey>{key}</EventKey></xml>"
    );
    let push = parse_unverified(body.as_bytes()).unwrap();
    let scan = push.scene_scan().unwrap();
    assert_eq!(scan.scene.as_str(), scene.as_str());
    assert_eq!(scan.is_new_follower(), event == "subscribe");
}

/// Not one character is let into a scene that its pushes would lose. At the ends stands each sixteenth.
#[test]
fn every_character_of_a_scene_reads_back() {
    let allowed = ('\0'..=char::MAX).filter(|character| SceneStr::new(*character).is_ok());
    let allowed = allowed.collect::<Vec<_>>();
    assert_eq!(
        allowed.len(),
        0x11_0000 - 0x800 - 65 - 2 - 1,
        "all but surrogates, controls, U+FFFE, U+FFFF, space"
    );
    for characters in allowed.chunks(16) {
        let scene = SceneStr::new(String::from_iter(characters)).unwrap();
        reads_back(&scene, "subscribe", "qrscene_", false);
        reads_back(&scene, "SCAN", "", true);
    }
}

proptest! {
    #[test]
    fn a_reply_reads_back_as_the_same_text(text in awkward_text(), title in awkward_text()) {
        let text = format!("{text}."); // an empty one is refused
        let push = received_plain("pushes/push_text.xml");
        let xml = plain().seal(&push, Reply::text(text.as_str()), NOW).unwrap();
        let read = parse_unverified(xml.as_bytes()).unwrap();
        prop_assert_eq!(read.field("Content").unwrap(), through_xml(&text));

        let video = Reply::Video { media_id: text.clone(), title: Some(title.clone()), description: None };
        let read = parse_unverified(plain().seal(&push, video, NOW).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.field("Video.MediaId").unwrap(), through_xml(&text));
        prop_assert_eq!(read.field("Video.Title").unwrap(), through_xml(&title));
    }

    #[test]
    fn a_scene_reads_back_from_follow_and_scan(text in scene_text(), bare: bool) {
        if let Ok(scene) = SceneStr::new(text) {
            reads_back(&scene, "subscribe", "qrscene_", bare);
            reads_back(&scene, "SCAN", "", bare);
        }
    }

    #[test]
    fn a_scene_reads_back_from_json(text in scene_text()) {
        let Ok(scene) = SceneStr::new(text) else { return Ok(()) };
        let body = serde_json::json!({
            "FromUserName": "o", "CreateTime": 1, "MsgType": "event", "Event": "SCAN", "EventKey": scene.as_str(),
        });
        let push = parse_unverified(body.to_string().as_bytes()).unwrap();
        prop_assert_eq!(push.scene_scan().unwrap().scene.as_str(), scene.as_str());
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
