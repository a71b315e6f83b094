use wx_channel::{AccountId, DedupeKey};
use wx_model::{FieldsBuilder, Push};

const EVENT: [(&str, &str); 6] = [
    ("FromUserName", "oAnna"),
    ("CreateTime", "1767229200"),
    ("MsgType", "event"),
    ("Event", "SCAN"),
    ("EventKey", "2026"),
    ("Ticket", "gQGc7zwAAA"),
];

fn key_of(account: &str, fields: &[(&str, &str)]) -> DedupeKey {
    let mut leaves = FieldsBuilder::default();
    for (path, text) in fields {
        leaves.leaf(path, text);
    }
    DedupeKey::of(&AccountId::new(account), &Push::from_fields(leaves.finish()).unwrap())
}

fn key(fields: &[(&str, &str)]) -> DedupeKey {
    key_of("wx1", fields)
}

fn with<'a>(fields: &[(&'a str, &'a str)], name: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = fields.iter().copied().filter(|(path, _)| *path != name);
    others.chain([(name, text)]).collect()
}

/// Stored keys outlive the program, so the bytes may never change.
#[test]
fn the_bytes_are_fixed() {
    let card = with(&EVENT, "Event", "user_get_card");
    let text = [("FromUserName", "oAnna"), ("CreateTime", "1"), ("MsgType", "text"), ("MsgId", "7")];
    let notice = [("CreateTime", "1"), ("InfoType", "authorized"), ("PreAuthCode", "preauthcode@@@x")];
    for (push, bytes) in [
        (&EVENT[..], "c59a669783bab89ee930a371be2cbdba"),
        (&card, "6e219835b788374bdeca44e04a57f08b"),
        (&text, "02f5a7a1d30c010840854cdfa4b4acda"),
        (&notice, "751fecd36487658ae0590fc1ca3de6c4"),
    ] {
        assert_eq!(key(push).to_string(), bytes);
    }
    assert_eq!(DedupeKey::from_bytes(*key(&EVENT).as_bytes()), key(&EVENT));
}

#[test]
fn a_scan_is_known_by_person_time_event_and_key() {
    for (field, text) in
        [("FromUserName", "oBo"), ("CreateTime", "1767229201"), ("Event", "subscribe"), ("EventKey", "2")]
    {
        assert_ne!(key(&with(&EVENT, field, text)), key(&EVENT), "{field}");
    }
    assert_ne!(key_of("wx2", &EVENT), key(&EVENT));
    for (field, text) in
        [("Ticket", "another"), ("Event", "scan"), ("Encrypt", "AAAA"), ("ToUserName", "gh_1")]
    {
        assert_eq!(key(&with(&EVENT, field, text)), key(&EVENT), "{field}");
    }
}

#[test]
fn an_unmodelled_event_is_known_by_every_leaf_but_encrypt() {
    let card = with(&with(&EVENT, "Event", "user_get_card"), "UserCardCode", "1");
    assert_ne!(key(&with(&card, "UserCardCode", "2")), key(&card));
    assert_eq!(key(&with(&card, "Encrypt", "AAAA")), key(&card));
    let mut turned = card.clone();
    turned.reverse();
    assert_eq!(key(&turned), key(&card));
}

#[test]
fn a_message_is_known_by_its_id_person_and_time() {
    let text = [
        ("FromUserName", "oAnna"),
        ("CreateTime", "1"),
        ("MsgType", "text"),
        ("Content", "a"),
        ("MsgId", "7"),
    ];
    assert_eq!(key(&with(&text, "Content", "b")), key(&text));
    for (field, value) in [("FromUserName", "oBo"), ("CreateTime", "2"), ("MsgId", "8")] {
        assert_ne!(key(&with(&text, field, value)), key(&text), "{field}");
    }
    let without = with(&text, "MsgId", "");
    assert_ne!(key(&with(&without, "Content", "b")), key(&without));
    assert_eq!(key(&with(&with(&without, "MsgID", "9"), "Content", "b")), key(&with(&without, "MsgID", "9")));
}

#[test]
fn a_notice_is_known_by_every_leaf() {
    let notice =
        [("AppId", "wxc"), ("CreateTime", "1"), ("InfoType", "authorized"), ("AuthorizerAppid", "wx1")];
    for (field, value) in [("AuthorizerAppid", "wx2"), ("InfoType", "unauthorized"), ("CreateTime", "2")] {
        assert_ne!(key(&with(&notice, field, value)), key(&notice), "{field}");
    }
}

#[test]
fn fields_do_not_run_into_each_other() {
    let one = with(&with(&EVENT, "FromUserName", "ab"), "EventKey", "c");
    let other = with(&with(&EVENT, "FromUserName", "a"), "EventKey", "bc");
    assert_ne!(key(&one), key(&other));
}

/// In compatible mode the bytes of `Encrypt` differ in every delivery, wherever the element stands.
#[test]
fn no_second_copy_is_counted() {
    let key_with = |sealed: &str, id: &str| {
        let mut leaves = FieldsBuilder::default();
        for (name, text) in with(&EVENT, "Event", "user_get_card") {
            leaves.leaf(name, text);
        }
        leaves.leaf("Encrypt", sealed);
        leaves.leaf("Encrypt", sealed);
        leaves.open("Card");
        leaves.leaf("Encrypt", sealed);
        leaves.leaf("Id", id);
        leaves.close();
        DedupeKey::of(&AccountId::new("wx1"), &Push::from_fields(leaves.finish()).unwrap())
    };
    assert_eq!(key_with("AAAA", "1"), key_with("BBBB", "1"));
    assert_ne!(key_with("AAAA", "1"), key_with("AAAA", "2"));
}
