//! Laws, for any text:
//!
//! - An `EventKey` is read as protocol §7.1 says, which is written down here a second time.
//! - It is read the same alone and in a push: as XML, as CDATA and as JSON.
//! - Every scene that a code may have comes back unchanged, and a follow and a scan of one code say the same.

use crate::oracle::is_character;
use wx_events::parse_unverified;
use wx_model::{Push, PushClass, SceneKey, SceneStr};

/// Reads a text as the `EventKey` of a follow and of a scan. It goes into many bodies, so a long one is left out.
pub fn event_key(data: &[u8]) {
    let Some(key) = std::str::from_utf8(data).ok().filter(|key| key.len() <= 512) else { return };
    assert_eq!(SceneKey::of_subscribe(Some(key)), follow(key));
    assert_eq!(SceneKey::of_scan(Some(key)), scan(key));
    in_pushes(key);
    if let Ok(scene) = SceneStr::new(key) {
        comes_back(scene.as_str());
    }
    if scan(key) != SceneKey::Organic {
        assert_eq!(SceneKey::of_subscribe(Some(&format!("qrscene_{key}"))), scan(key));
    }
}

/// Protocol §7.1: trim; empty is organic; the prefix of a scene goes, once and at the start only; a payment; anything
/// else is kept. A prefix with nothing behind it is no scene. Blanks behind it go, as a scan of the code has none either.
fn follow(key: &str) -> SceneKey {
    let key = trimmed(key);
    match (key, key.split_at_checked(8), key.split_at_checked(14)) {
        ("", ..) => SceneKey::Organic,
        (_, Some(("qrscene_", scene)), _) if !trimmed(scene).is_empty() => {
            SceneKey::Scene(trimmed(scene).into())
        }
        (_, _, Some(("last_trade_no_", number))) => SceneKey::Payment(number.to_owned()),
        _ => SceneKey::Other(key.to_owned()),
    }
}

/// Protocol §7.1: nothing is ever taken off the key of a scan.
fn scan(key: &str) -> SceneKey {
    match trimmed(key) {
        "" => SceneKey::Organic,
        scene => SceneKey::Scene(scene.into()),
    }
}

/// Without the layout of the sender, which is made of the four blanks of XML.
fn trimmed(key: &str) -> &str {
    let is_text = |c: char| !" \t\r\n".contains(c);
    let start = key.find(is_text).unwrap_or(key.len());
    let end = key.char_indices().rev().find(|(_, c)| is_text(*c)).map_or(start, |(at, c)| at + c.len_utf8());
    &key[start..end]
}

fn in_pushes(key: &str) {
    let allowed: String = key.chars().filter(|c| is_character(*c)).collect();
    let as_numbers: String = key.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    let with_one_line_end = key.replace("\r\n", "\n").replace('\r', "\n");
    let in_xml: String = with_one_line_end.chars().filter(|c| is_character(*c)).collect();
    // What XML forbids is dropped first, so that what is left over cannot close the section.
    let cdata = allowed.replace("]]>", "]]]]><![CDATA[>");
    both(&xml(&as_numbers), &allowed);
    both(&xml(&format!("<![CDATA[{cdata}]]>")), &in_xml_after_dropping(&allowed));
    if !key.contains('\0') {
        both(&xml(&key.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")), &in_xml);
    }
    both(&json(key), &allowed);
    letters(&json(key), key);
}

/// Line ends that come to stand together when a forbidden character between them is dropped are one.
fn in_xml_after_dropping(allowed: &str) -> String {
    allowed.replace("\r\n", "\n").replace('\r', "\n")
}

type Body = Box<dyn Fn(&str) -> String>;

fn xml(key: &str) -> Body {
    let key = key.to_owned();
    Box::new(move |event| {
        format!(
            "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>\
             <Event>{event}</Event><EventKey>{key}</EventKey></xml>"
        )
    })
}

fn json(key: &str) -> Body {
    let key = serde_json::to_string(key).expect("a text");
    Box::new(move |event| {
        format!(
            r#"{{"FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"{event}","EventKey":{key}}}"#
        )
    })
}

/// As a follow and as a scan.
fn both(body: &Body, key: &str) {
    for (event, expected, with_scene, without) in [
        ("subscribe", follow(key), PushClass::FollowViaQr, PushClass::Follow),
        ("SCAN", scan(key), PushClass::Scan, PushClass::Scan),
    ] {
        let push = read(&body(event));
        assert_eq!(push.field("EventKey"), Some(key));
        assert_eq!(push.scene_key(), Some(&expected));
        assert_eq!(push.class(), if expected.scene().is_some() { with_scene } else { without });
    }
}

/// Events are known in letters of any case, and who leaves has scanned nothing.
fn letters(body: &Body, key: &str) {
    let (follow, scan, unfollow) =
        (read(&body("Subscribe")), read(&body("scan")), read(&body("UNSUBSCRIBE")));
    let key: String = key.chars().filter(|c| is_character(*c)).collect();
    assert_eq!((follow.scene_key(), scan.scene_key()), (Some(&self::follow(&key)), Some(&self::scan(&key))));
    assert_eq!((unfollow.scene_key(), unfollow.class()), (None, PushClass::Unfollow));
}

fn comes_back(scene: &str) {
    let expected = SceneKey::Scene(scene.into());
    assert_eq!(SceneKey::of_subscribe(Some(&format!("qrscene_{scene}"))), expected);
    assert_eq!(SceneKey::of_scan(Some(scene)), expected);
    let (follow, scan) = (json(&format!("qrscene_{scene}"))("subscribe"), json(scene)("SCAN"));
    let (follow, scan) = (read(&follow), read(&scan));
    let scenes = (
        follow.scene_scan().map(|scan| scan.scene.as_str()),
        scan.scene_scan().map(|scan| scan.scene.as_str()),
    );
    assert_eq!(scenes, (Some(scene), Some(scene)));
}

fn read(body: &str) -> Push {
    parse_unverified(body.as_bytes()).expect("it has what every push has")
}
