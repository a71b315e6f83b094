//! What the platform would send, and what it makes of the answer.

use crate::samples::*;
use proptest::prelude::*;
use std::{fs, sync::Arc};
use wx_crypto::signature;
use wx_events::{
    Callback, CallbackQuery, ErrorKind, InvalidReply, RefusedAnswer, SignedPush, parse_unverified,
};
use wx_model::{AppId, Reply};

fn pushes() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/pushes");
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    files.collect()
}

fn sign(callback: &Callback, body: &str) -> SignedPush {
    callback.sign(body.as_bytes(), NOW).unwrap()
}

fn text_push() -> String {
    fixture_line("pushes/push_text.xml")
}

#[test]
fn every_sample_is_signed_in_every_mode_and_opens_again() {
    let mut signed_pushes = 0;
    for body in pushes() {
        let expected = parse_unverified(&body).unwrap();
        for callback in [plain(), compatible(), safe()] {
            let signed = callback.sign(&body, NOW).unwrap();
            let query = CallbackQuery::parse(&signed.query);
            let received = callback.time_window(1).open(&query, signed.body.as_bytes(), NOW).unwrap();
            let mut fields = received.fields.iter();
            assert!(expected.fields.iter().all(|leaf| fields.next() == Some(leaf)), "{}", signed.body);
            assert_eq!((&received.kind, signed.push()), (&expected.kind, &expected));
            assert_eq!(query.openid, expected.from_user.as_str());
            signed_pushes += 1;
        }
    }
    assert!(signed_pushes >= 3 * 69, "{signed_pushes}");
}

#[test]
fn the_query_and_the_envelope_have_the_form_of_the_samples() {
    let fixed = |bytes: &mut [u8]| {
        bytes.fill(7);
        bytes[16..].copy_from_slice(&918_273_645_u32.to_be_bytes());
    };
    let clear = fixture_line("pushes/push_subscribe_qr_int.xml");
    let [plain, compatible, safe] =
        [plain(), compatible(), safe()].map(|callback| sign(&callback.random(Arc::new(fixed)), &clear));

    let queries = fixture_line("envelopes/callback_queries.txt");
    let sample = |comment: &str| {
        let line = queries.lines().skip_while(|line| !line.starts_with(comment)).nth(1).unwrap();
        line.split_once('?').unwrap().1
    };
    assert_eq!(plain.query, sample("# POST plain"));
    assert_eq!(plain.body, clear);

    let encrypt = wx_crypto::seal(&key(), APP_ID, [7; 16], clear.as_bytes());
    let proof = signature([TOKEN, "1767229200", "918273645", &encrypt]);
    assert_eq!(safe.query, format!("{}&encrypt_type=aes&msg_signature={proof}", plain.query));
    assert_eq!(safe.body, envelope(&encrypt));
    assert_eq!(compatible.query, safe.query);
    let (before, _) = clear.split_once("</xml>").unwrap();
    assert_eq!(compatible.body, format!("{before}<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"));
}

#[test]
fn a_notice_to_a_third_party_platform_has_its_appid_outside() {
    let component = Callback::safe(token(), key(), AppId::from("wx9cExampleComp0001"));
    let signed = sign(&component, &fixture_line("pushes/component_verify_ticket.xml"));
    assert!(signed.body.starts_with("<xml><AppId><![CDATA[wx9cExampleComp0001]]></AppId><Encrypt>"));
    assert!(!signed.query.contains("openid"));

    let without = "<xml><CreateTime>1</CreateTime><InfoType>authorized</InfoType></xml>";
    assert!(
        sign(&component, without).body.starts_with("<xml><AppId><![CDATA[wx9cExampleComp0001]]></AppId>")
    );
}

#[test]
fn what_stands_around_a_compatible_body_stays_there() {
    let inner = "<FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>a</MsgType>";
    let bodies = [
        format!("\u{feff}<?xml version=\"1.0\"?>\n<xml>{inner}</xml>\n<!-- </xml> --> <?end </xml> ?> \n"),
        format!("<a b='>'>{inner}<c><![CDATA[</a>]]></c></a >"),
        r#"{"FromUserName":"o","CreateTime":1,"MsgType":"a","L":[{"x":"}"}]} "#.to_owned(),
    ];
    for clear in bodies {
        let signed = sign(&compatible(), &clear);
        let query = CallbackQuery::parse(&signed.query);
        assert_eq!(*compatible().open(&query, signed.body.as_bytes(), NOW).unwrap(), *signed.push());
        let outer = parse_unverified(signed.body.as_bytes()).unwrap();
        assert!(outer.field("Encrypt").is_some(), "{}", signed.body);
        let leaves = signed.push().fields.iter().count();
        assert_eq!(
            outer.fields.iter().take(leaves).collect::<Vec<_>>(),
            signed.push().fields.iter().collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_is_no_clear_push_is_not_signed() {
    let kind = |callback: &Callback, body: &str| callback.sign(body.as_bytes(), NOW).unwrap_err().kind();
    assert_eq!(kind(&safe(), "<xml>"), ErrorKind::Malformed);
    assert_eq!(kind(&plain(), "<xml/>"), ErrorKind::InvalidPush);
    for file in ["envelopes/encrypted_push_envelope.xml", "envelopes/compat_mode_push.xml"] {
        for callback in [safe(), compatible()] {
            assert_eq!(kind(&callback, &fixture_line(file)), ErrorKind::InvalidPush, "{file}");
        }
    }
    assert_eq!(kind(&plain(), &"a".repeat(2 * 1024 * 1024)), ErrorKind::TooLarge);
}

/// An element of that name which is no text would be found before the one that is added.
#[test]
fn beside_an_encrypt_of_any_form_none_is_added() {
    for own in [
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Encrypt><a/></Encrypt></xml>",
        r#"{"FromUserName":"o","CreateTime":1,"MsgType":"text","Encrypt":{"a":1}}"#,
        r#"{"FromUserName":"o","CreateTime":1,"MsgType":"text","Encrypt":[]}"#,
    ] {
        let refused = compatible().sign(own.as_bytes(), NOW).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidPush, "{own}");
        assert!(safe().sign(own.as_bytes(), NOW).is_ok(), "{own}");
    }
}

#[test]
fn the_check_of_the_address_is_signed() {
    for echo in ["5577006791947779410", "a+b/c=&d e 中"] {
        let query = CallbackQuery::parse(&safe().sign_echo(echo, NOW).unwrap());
        assert_eq!((safe().echo(&query).unwrap(), query.timestamp.as_str()), (echo.to_owned(), "1767229200"));
    }
    let fixed = plain().random(Arc::new(|bytes: &mut [u8]| bytes.fill(1)));
    assert_eq!(fixed.sign_echo("1", NOW).unwrap(), fixed.sign_echo("1", NOW).unwrap());
    assert_ne!(plain().sign_echo("1", NOW).unwrap(), plain().sign_echo("1", NOW).unwrap());
}

/// The answer that this crate writes itself.
fn answered(callback: &Callback, signed: &SignedPush, reply: &Reply) -> String {
    let query = CallbackQuery::parse(&signed.query);
    let received = callback.open(&query, signed.body.as_bytes(), NOW).unwrap();
    callback.seal(&received, reply, NOW + 1).unwrap()
}

#[test]
fn every_sample_reply_is_read_in_every_mode() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/replies");
    for file in fs::read_dir(folder).unwrap() {
        let sample = fs::read_to_string(file.unwrap().path()).unwrap();
        let in_plain_mode = sign(&plain(), &text_push());
        let reply = plain().read_answer(&in_plain_mode, sample.as_bytes()).unwrap();
        assert_eq!((&reply.clear, reply.encrypted), (&sample, false));
        assert_eq!(answered(&plain(), &in_plain_mode, &reply.reply), sample.trim_end());
        for callback in [compatible(), safe()] {
            let signed = sign(&callback, &text_push());
            let answer = answered(&callback, &signed, &reply.reply);
            let read = callback.read_answer(&signed, answer.as_bytes()).unwrap();
            assert_eq!((read.reply, read.encrypted), (reply.reply.clone(), true));
            assert_eq!(read.clear, sample.trim_end());
        }
    }
}

#[test]
fn nothing_to_say_and_json_are_read() {
    let signed = sign(&safe(), &text_push());
    for body in ["", "success"] {
        let read = safe().read_answer(&signed, body.as_bytes()).unwrap();
        assert_eq!((read.reply, read.clear.as_str(), read.encrypted), (Reply::None, "", false));
    }
    let push = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1","MsgType":"text","Content":"a"}"#;
    let signed = sign(&safe(), push);
    let reply = Reply::text("好");
    let answer = answered(&safe(), &signed, &reply);
    assert!(answer.starts_with('{'));
    assert_eq!(safe().read_answer(&signed, answer.as_bytes()).unwrap().reply, reply);
}

#[test]
fn an_answer_that_is_not_shown_says_why() {
    let signed = |callback: &Callback| sign(callback, &text_push());
    let clear = answered(&plain(), &signed(&plain()), &Reply::text("a"));
    let sealed = answered(&safe(), &signed(&safe()), &Reply::text("a"));
    let changed = |from: &str, to: &str| {
        assert!(clear.contains(from), "{from}");
        plain().read_answer(&signed(&plain()), clear.replace(from, to).as_bytes()).unwrap_err()
    };
    let changed_envelope = |from: &str, to: &str| {
        assert!(sealed.contains(from), "{from}");
        safe().read_answer(&signed(&safe()), sealed.replace(from, to).as_bytes()).unwrap_err()
    };
    for body in ["OK", "success\n", "Success", "<xml>", "{", "\0", "<!DOCTYPE html><p>"] {
        assert_eq!(
            plain().read_answer(&signed(&plain()), body.as_bytes()),
            Err(RefusedAnswer::NoReply),
            "{body:?}"
        );
    }
    assert_eq!(safe().read_answer(&signed(&safe()), clear.as_bytes()), Err(RefusedAnswer::Clear));
    assert_eq!(plain().read_answer(&signed(&plain()), sealed.as_bytes()), Err(RefusedAnswer::Encrypted));
    assert_eq!(changed_envelope("TimeStamp", "Timestamp"), RefusedAnswer::Envelope { element: "TimeStamp" });
    assert_eq!(
        changed_envelope("<TimeStamp>", "<TimeStamp>x"),
        RefusedAnswer::Envelope { element: "TimeStamp" }
    );
    assert_eq!(changed_envelope("<Nonce><![CDATA[", "<Nonce><![CDATA[1"), RefusedAnswer::Signature);
    let other = Callback::safe(token(), key(), AppId::from("wx0"));
    assert_eq!(other.read_answer(&signed(&safe()), sealed.as_bytes()), Err(RefusedAnswer::Sealed));
    assert_eq!(
        safe().read_answer(&signed(&safe()), reply_envelope("no").as_bytes()),
        Err(RefusedAnswer::NoReplyInside)
    );
    assert_eq!(changed("<ToUserName><![CDATA[", "<ToUserName><![CDATA[x"), RefusedAnswer::ToUser);
    assert_eq!(changed("<FromUserName><![CDATA[", "<FromUserName><![CDATA[x"), RefusedAnswer::FromUser);
    assert_eq!(changed("<CreateTime>", "<CreateTime>-"), RefusedAnswer::CreateTime);
    assert_eq!(changed("[text]", "[txt]"), RefusedAnswer::MsgType);
    assert_eq!(changed("[a]", "[ ]"), RefusedAnswer::Content(InvalidReply::Empty { element: "Content" }));
    assert_eq!(
        changed("[text]", "[image]"),
        RefusedAnswer::Content(InvalidReply::Empty { element: "MediaId" })
    );
    for content in
        ["", "<ArticleCount>1</ArticleCount>", "<ArticleCount>x</ArticleCount><Articles><item/></Articles>"]
    {
        let news = changed("<Content><![CDATA[a]]></Content>", content);
        assert_eq!(news, RefusedAnswer::Content(InvalidReply::Empty { element: "Content" }));
        let body = clear.replace("[text]", "[news]").replace("<Content>", &format!("{content}<Content>"));
        assert_eq!(plain().read_answer(&signed(&plain()), body.as_bytes()), Err(RefusedAnswer::ArticleCount));
    }
    let two = "<ArticleCount>2</ArticleCount><Articles><item><Title>a</Title></item><item/></Articles>";
    let body = clear.replace("[text]", "[news]").replace("<Content>", &format!("{two}<Content>"));
    let refused = plain().read_answer(&signed(&plain()), body.as_bytes());
    assert_eq!(refused, Err(RefusedAnswer::Content(InvalidReply::ArticlesToMessage { count: 2 })));
    let left = sign(&plain(), &fixture_line("pushes/push_unsubscribe.xml"));
    let to_left = answer_to(&left, "text");
    assert_eq!(
        plain().read_answer(&left, to_left.as_bytes()),
        Err(RefusedAnswer::Content(InvalidReply::ToUnsubscribe))
    );
}

/// A sealed reply of any text.
fn reply_envelope(inside: &str) -> String {
    let encrypt = wx_crypto::seal(&key(), APP_ID, [7; 16], inside.as_bytes());
    let proof = signature([TOKEN, "1", "2", &encrypt]);
    format!(
        "<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{proof}</MsgSignature><TimeStamp>1</TimeStamp>\
         <Nonce>2</Nonce></xml>"
    )
}

fn answer_to(signed: &SignedPush, msg_type: &str) -> String {
    let push = signed.push();
    format!(
        "<xml><ToUserName>{}</ToUserName><FromUserName>{}</FromUserName><CreateTime>1</CreateTime>\
         <MsgType>{msg_type}</MsgType><Content>a</Content></xml>",
        push.from_user, push.to_user
    )
}

proptest! {
    #[test]
    fn any_answer_is_read_without_panic(body in "(<xml>)?[<>/xmlCDATA!\\[\\]a&;{}\":\\PC]{0,60}", bytes: Vec<u8>) {
        let [clear, sealed] = [plain(), safe()].map(|callback| sign(&callback, &text_push()));
        for body in [body.as_bytes(), &bytes] {
            let shown = plain().read_answer(&clear, body);
            prop_assert!(shown.is_err() || body.is_empty());
            prop_assert!(safe().read_answer(&sealed, body).is_err() || body.is_empty());
            let _ = plain().sign(body, NOW);
        }
        let inside = reply_envelope(&body);
        prop_assert!(safe().read_answer(&sealed, inside.as_bytes()).is_err());
    }
}
