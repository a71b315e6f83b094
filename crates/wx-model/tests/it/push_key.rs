//! Which deliveries are one push.

use crate::pushes::{EVENTS, event_push, push};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::HashSet;
use wx_model::PushKey;

fn key(leaves: &[(&str, &str)]) -> PushKey {
    push(leaves).dedupe_key()
}

const SCAN: [(&str, &str); 6] = [
    ("FromUserName", "o1"),
    ("CreateTime", "9"),
    ("MsgType", "event"),
    ("Event", "SCAN"),
    ("EventKey", "2026"),
    ("Ticket", "t"),
];

const TEXT: [(&str, &str); 5] =
    [("FromUserName", "o1"), ("CreateTime", "9"), ("MsgType", "text"), ("Content", "a"), ("MsgId", "7")];

/// `leaves` with another text of `name`.
fn with<'a>(leaves: &[(&'a str, &'a str)], name: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = leaves.iter().copied().filter(|(path, _)| *path != name);
    others.chain([(name, text)]).collect()
}

#[test]
fn the_text_is_fixed() {
    assert_eq!(key(&SCAN).as_str(), "5:event2:o11:94:scan4:2026");
    assert_eq!(key(&TEXT).as_str(), "7:message2:o11:91:7");
    let card = [("FromUserName", "o1"), ("CreateTime", "9"), ("MsgType", "event"), ("Event", "CLICK")];
    assert_eq!(
        key(&card).parts().collect::<Vec<_>>(),
        [
            "event",
            "o1",
            "9",
            "click",
            "",
            "CreateTime",
            "9",
            "Event",
            "CLICK",
            "FromUserName",
            "o1",
            "MsgType",
            "event"
        ]
    );
    let notice =
        [("CreateTime", "9"), ("InfoType", "authorized"), ("PreAuthCode", "secret"), ("Encrypt", "AAAA")];
    assert_eq!(
        key(&notice).parts().collect::<Vec<_>>(),
        ["notice", "", "9", "authorized", "CreateTime", "9", "InfoType", "authorized"]
    );
}

#[test]
fn a_second_delivery_has_the_same_key() {
    for (field, text) in
        [("Ticket", "other"), ("Event", "scan"), ("Encrypt", "AAAA"), ("EventKey", "\n 2026 ")]
    {
        assert_eq!(key(&with(&SCAN, field, text)), key(&SCAN), "{field}");
    }
    for (field, text) in [("Content", "b"), ("Encrypt", "AAAA"), ("MsgId", " 7\n")] {
        assert_eq!(key(&with(&TEXT, field, text)), key(&TEXT), "{field}");
    }
    for (name, _) in EVENTS {
        let leaves = [("EventKey", "k"), ("CardId", "p1")];
        let turned = [("CardId", "p1"), ("Encrypt", "AAAA"), ("EventKey", "k")];
        assert_eq!(event_push(name, &leaves).dedupe_key(), event_push(name, &turned).dedupe_key());
    }
}

#[test]
fn another_push_has_another_key() {
    for (field, text) in
        [("FromUserName", "o2"), ("CreateTime", "8"), ("Event", "subscribe"), ("EventKey", "2")]
    {
        assert_ne!(key(&with(&SCAN, field, text)), key(&SCAN), "{field}");
    }
    for (field, text) in [("FromUserName", "o2"), ("CreateTime", "8"), ("MsgId", "8")] {
        assert_ne!(key(&with(&TEXT, field, text)), key(&TEXT), "{field}");
    }
    let odd = with(&TEXT, "MsgId", "not a number");
    assert_ne!(key(&with(&odd, "MsgId", "nor this")), key(&odd));
    let without = with(&TEXT, "MsgId", " ");
    assert_ne!(key(&with(&without, "Content", "b")), key(&without));
}

/// In one second one person may set off every kind of event, and take two cards.
#[test]
fn two_events_of_one_person_in_one_second_are_two() {
    let names = EVENTS.iter().map(|(name, _)| event_push(name, &[("EventKey", "k")]).dedupe_key());
    assert_eq!(names.collect::<HashSet<_>>().len(), EVENTS.len());
    let card = |code| event_push("user_get_card", &[("CardId", "p1"), ("UserCardCode", code)]).dedupe_key();
    assert_ne!(card("1"), card("2"));
}

proptest! {
    /// Equal keys have equal parts, and parts never run into each other.
    #[test]
    fn the_text_tells_the_parts(
        from in "[a-z0-9:]{1,6}", scene in "[0-9:]{1,6}", name in select(vec!["SCAN", "subscribe"]),
    ) {
        let leaves = [("FromUserName", &*from), ("CreateTime", "1"), ("MsgType", "event"), ("Event", name), ("EventKey", &scene)];
        let lower = name.to_lowercase();
        let key = key(&leaves);
        prop_assert_eq!(key.parts().collect::<Vec<_>>(), ["event", &from, "1", &lower, &scene]);
    }

    #[test]
    fn deduplication_is_a_set(scans in vec((0_u8..3, 0_u8..3, 0_u8..2, 0_u8..3), 0..40)) {
        let keys = scans.iter().map(|(person, time, event, scene)| {
            let (person, time, scene) = (format!("o{person}"), time.to_string(), format!("qrscene_{scene}"));
            let event = ["SCAN", "subscribe"][usize::from(*event)];
            key(&[("FromUserName", &person), ("CreateTime", &time), ("MsgType", "event"), ("Event", event), ("EventKey", &scene)])
        });
        prop_assert_eq!(keys.collect::<HashSet<_>>().len(), scans.iter().collect::<HashSet<_>>().len());
    }
}
