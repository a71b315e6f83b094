//! Odd forms of messages. Their usual forms are the samples that `wx-events` reads.

use crate::pushes::{event_push, push};
use wx_model::{Message, MsgId, Position, Push, VoiceFormat};

fn message(msg_type: &str, leaves: &[(&str, &str)]) -> Push {
    let common = [("FromUserName", "o1"), ("CreateTime", "1"), ("MsgType", msg_type)];
    push(&[&common[..], leaves].concat())
}

#[test]
fn names_match_in_any_case_and_others_are_kept() {
    for (name, variant) in [
        ("text", "Text"),
        ("image", "Image"),
        ("voice", "Voice"),
        ("video", "Video"),
        ("shortvideo", "ShortVideo"),
        ("location", "Location"),
        ("link", "Link"),
        ("miniprogrampage", "Unknown"),
    ] {
        for written in [name.to_owned(), name.to_uppercase()] {
            let push = message(&written, &[]);
            assert!(format!("{:?}", push.message().unwrap()).starts_with(&format!("{variant}(")), "{push:?}");
        }
    }
    let push = message("miniprogrampage", &[("MsgId", "7")]);
    let Some(Message::Unknown(unknown)) = push.message() else { panic!("{push:?}") };
    assert_eq!((unknown.name(), push.msg_id()), ("miniprogrampage", Some(MsgId::new(7))));
}

#[test]
fn an_id_is_64_bits_wide_and_what_is_not_stays_text() {
    let id = |text| message("text", &[("MsgId", text)]).msg_id();
    assert_eq!(id("18446744073709551615"), Some(MsgId::new(u64::MAX)));
    assert_eq!(id("\n24900000000000117 "), Some(MsgId::new(24_900_000_000_000_117)));
    for odd in ["18446744073709551616", "-1", "", "abc", "1.0", "1e17"] {
        let push = message("text", &[("MsgId", odd)]);
        let Some(Message::Text(text)) = push.message() else { panic!("{push:?}") };
        assert_eq!((push.msg_id(), text.msg_id, push.field("MsgId")), (None, None, Some(odd)));
    }
    assert_eq!(message("voice", &[("MsgID", "7")]).msg_id(), Some(MsgId::new(7)), "a page spells it so");
    assert_eq!(event_push("TEMPLATESENDJOBFINISH", &[("MsgID", "7")]).msg_id(), None, "that is another id");
}

#[test]
fn what_a_person_wrote_is_exact() {
    let push = message("text", &[("Content", " \n a \u{3000}"), ("bizmsgmenuid", " 101 ")]);
    let Some(Message::Text(text)) = push.message() else { panic!("{push:?}") };
    assert_eq!((&*text.content, text.menu_item_id.as_deref()), (" \n a \u{3000}", Some("101")));
    let push =
        message("link", &[("Title", " t "), ("Description", "\td"), ("Url", " https://qr.example.com/ ")]);
    let Some(Message::Link(link)) = push.message() else { panic!("{push:?}") };
    assert_eq!((&*link.title, &*link.description, &*link.url), (" t ", "\td", "https://qr.example.com/"));
}

#[test]
fn nothing_understood_is_no_recognition() {
    let voice = |leaves: &[(&str, &str)]| match message("voice", leaves).message() {
        Some(Message::Voice(voice)) => (voice.recognition.clone(), voice.format.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(voice(&[("Recognition", "")]), (None, None));
    let amr = [("Format", "AMR"), ("Recognition", " a")];
    assert_eq!(voice(&amr), (Some(" a".to_owned()), Some(VoiceFormat::Amr)));
    assert_eq!(voice(&[("Format", "opus")]), (None, Some(VoiceFormat::Other("opus".to_owned()))));
}

#[test]
fn x_is_the_latitude_in_messages_too() {
    let place = |x, y| match message("location", &[("Location_X", x), ("Location_Y", y)]).message() {
        Some(Message::Location(location)) => location.position,
        other => panic!("{other:?}"),
    };
    assert_eq!(place("31.25", "121.5"), Position::new(31.25, 121.5));
    assert_eq!(place("121.5", "31.25"), None);
    assert_eq!(place("NaN", "1"), None);
}

#[test]
fn an_article_without_its_number_is_still_one() {
    let push = message("image", &[("MsgDataId", "2247483999_1"), ("Idx", "first")]);
    let Some(Message::Image(image)) = push.message() else { panic!("{push:?}") };
    let article = image.article.as_ref().unwrap();
    assert_eq!((&*article.msg_data_id, article.index), ("2247483999_1", None));
    let push = message("image", &[("MsgDataId", ""), ("Idx", "1")]);
    assert!(matches!(push.message(), Some(Message::Image(image)) if image.article.is_none()));
}
