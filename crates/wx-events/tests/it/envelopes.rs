//! Every encrypted sample is opened, and every reply to it can be opened again.

use crate::samples::*;
use serde::Deserialize;
use std::sync::Arc;
use wx_crypto::{EncodingAesKey, open, seal, signature};
use wx_events::{Callback, CallbackQuery, ErrorKind, parse_unverified};
use wx_model::{AppId, Reply};

#[derive(Deserialize)]
struct Vector {
    name: String,
    token: String,
    encoding_aes_key: Option<String>,
    appid: Option<String>,
    timestamp: Option<String>,
    nonce: Option<String>,
    signature: Option<String>,
    msg_signature: Option<String>,
    encrypt: Option<String>,
    echostr: Option<String>,
    plaintext: Option<String>,
}

impl Vector {
    fn query(&self) -> CallbackQuery {
        let mut query = CallbackQuery::default();
        query.signature = self.signature.clone().unwrap_or_default();
        query.msg_signature = self.msg_signature.clone().unwrap_or_default();
        query.timestamp = self.timestamp.clone().unwrap_or_default();
        query.nonce = self.nonce.clone().unwrap_or_default();
        query.echostr = self.echostr.clone().unwrap_or_default();
        query
    }

    fn safe(&self) -> Option<Callback> {
        let key = self.encoding_aes_key.as_ref()?.parse().unwrap();
        Some(Callback::safe(self.token.as_str().into(), key, AppId::from(self.appid.as_deref()?)))
    }
}

fn vectors() -> Vec<Vector> {
    serde_json::from_slice(&fixture("envelopes/crypto_vectors.json")).unwrap()
}

#[test]
fn every_vector_that_holds_a_push_is_opened() {
    let mut opened = Vec::new();
    for v in vectors() {
        let (Some(callback), Some(encrypt), Some(plaintext)) = (v.safe(), &v.encrypt, &v.plaintext) else {
            continue;
        };
        let Ok(expected) = parse_unverified(plaintext.as_bytes()) else { continue };
        for (body, is_json) in [(envelope(encrypt), false), (format!(r#"{{"Encrypt":"{encrypt}"}}"#), true)] {
            let push = callback.open(&v.query(), body.as_bytes(), NOW).unwrap();
            assert_eq!(*push, expected, "{}", v.name);
            assert_eq!((push.is_encrypted(), push.is_json()), (true, is_json), "{}", v.name);
        }
        opened.push(v.name);
    }
    assert_eq!(
        opened,
        [
            "official_doc_safe_mode_push",
            "bizmsgcrypt_sample_hello",
            "pamtest_decrypt",
            "own_subscribe_qrscene",
            "own_scan_str",
            "own_text_emoji",
        ]
    );
}

/// In XML and in JSON it is the first `Encrypt` of the document itself that counts, however its letters are written.
#[test]
fn the_text_of_an_envelope_is_its_first_encrypt() {
    let good = seal(&key(), APP_ID, [7; 16], &fixture("pushes/push_text.xml"));
    let is_opened = |body: String| match safe().open(&query_for(TOKEN, &good), body.as_bytes(), NOW) {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Refused, "{body}");
            false
        }
    };
    assert!(good.contains('/') && is_opened(envelope(&good)));
    let (head, tail) = good.split_at(8);
    for whole in [
        format!("<xml><a><Encrypt>x</Encrypt></a><Encrypt>{good}</Encrypt><Encrypt>x</Encrypt></xml>"),
        format!("<xml><Encrypt>{head}<!-- x --><![CDATA[{tail}]]></Encrypt></xml>"),
        format!("<xml><Encrypt>{}</Encrypt></xml>", good.replace('/', "&#47;")),
        format!(r#"{{"a":{{"Encrypt":"x"}},"Encrypt":"{good}","Encrypt":"x"}}"#),
        format!(r#"{{"Encrypt":"{}"}}"#, good.replace('/', "\\/")),
        format!(r#"{{"\u0045ncrypt":"{good}","ToUserName":null}}"#),
    ] {
        assert!(is_opened(whole));
    }
    for other in [
        format!("<xml><Encrypt/><Encrypt>{good}</Encrypt></xml>"),
        format!("<xml><a><Encrypt>{good}</Encrypt></a></xml>"),
        format!("<xml><Encrypt><a>{good}</a></Encrypt></xml>"),
        format!("<xml><encrypt>{good}</encrypt></xml>"),
        format!("<Encrypt>{good}</Encrypt>"),
        format!(r#"{{"Encrypt":"","Encrypt":"{good}"}}"#),
        format!(r#"{{"Encrypt":null,"Encrypt":"{good}"}}"#),
        format!(r#"{{"Encrypt":["{good}"]}}"#),
        format!(r#"{{"Encrypt":{{"Encrypt":"{good}"}}}}"#),
        r#"{"Encrypt":12345}"#.to_owned(),
        r#"{"Encrypt":true}"#.to_owned(),
    ] {
        assert!(!is_opened(other));
    }
}

#[test]
fn the_official_address_check_is_answered() {
    let vector = vectors().into_iter().find(|v| v.echostr.is_some()).unwrap();
    let callback = Callback::plain(vector.token.as_str().into());
    assert_eq!(callback.echo(&vector.query()).unwrap(), "4375120948345356249");
}

#[test]
fn the_sample_envelopes_hold_the_sample_push() {
    let expected = parse_unverified(&fixture("pushes/push_subscribe_qr_int.xml")).unwrap();
    for callback in [compatible(), safe()] {
        for file in ["envelopes/encrypted_push_envelope.xml", "envelopes/compat_mode_push.xml"] {
            let push = callback.open(&encrypted_query(), &fixture(file), NOW).unwrap();
            assert_eq!(*push, expected, "{file}");
        }
    }
}

/// What a reply envelope holds.
pub(crate) struct Opened {
    pub(crate) message: String,
    timestamp: String,
    nonce: String,
}

/// Opens a reply as the platform does: `MsgSignature` first.
fn open_reply((token, key): (&str, &EncodingAesKey), texts: [&str; 4]) -> Opened {
    let [encrypt, msg_signature, timestamp, nonce] = texts;
    assert_eq!(signature([token, timestamp, nonce, encrypt]), msg_signature);
    let message = open(key, APP_ID, encrypt).unwrap();
    let message = String::from_utf8(message).unwrap();
    Opened { message, timestamp: timestamp.to_owned(), nonce: nonce.to_owned() }
}

/// Takes the envelope apart by its exact form.
pub(crate) fn open_xml_reply_under(secrets: (&str, &EncodingAesKey), xml: &str) -> Opened {
    let rest = xml.strip_prefix("<xml><Encrypt><![CDATA[").unwrap();
    let (encrypt, rest) = rest.split_once("]]></Encrypt><MsgSignature><![CDATA[").unwrap();
    let (msg_signature, rest) = rest.split_once("]]></MsgSignature><TimeStamp>").unwrap();
    let (timestamp, rest) = rest.split_once("</TimeStamp><Nonce><![CDATA[").unwrap();
    let nonce = rest.strip_suffix("]]></Nonce></xml>").unwrap();
    open_reply(secrets, [encrypt, msg_signature, timestamp, nonce])
}

fn open_xml_reply(xml: &str) -> Opened {
    open_xml_reply_under((TOKEN, &key()), xml)
}

#[test]
fn the_sample_reply_has_the_form_that_is_written_here() {
    let sample = open_xml_reply(&fixture_line("envelopes/encrypted_reply_envelope.xml"));
    assert_eq!((sample.timestamp.as_str(), sample.nonce.as_str()), ("1767229201", "918273645"));
    let reply = Reply::text("欢迎来自 2026 号渠道的朋友！\n回复 1 查看活动。");
    let clear = plain().seal(&received_plain("pushes/push_subscribe_qr_int.xml"), reply, NOW + 1).unwrap();
    assert_eq!(sample.message, clear);
}

#[test]
fn an_encrypted_push_gets_an_encrypted_reply() {
    let push = received_encrypted();
    let sealed = safe().seal(&push, Reply::text("好"), NOW + 1).unwrap();
    let opened = open_xml_reply(&sealed);
    assert_eq!(opened.timestamp, "1767229201");
    assert!(opened.nonce.parse::<u32>().is_ok());
    let expected = "<xml><ToUserName><![CDATA[oK7tV5xA2bQm9Lr0PzYc3NdEfGhI]]></ToUserName>\
        <FromUserName><![CDATA[gh_3f9a1c77be20]]></FromUserName><CreateTime>1767229201</CreateTime>\
        <MsgType><![CDATA[text]]></MsgType><Content><![CDATA[好]]></Content></xml>";
    assert_eq!(opened.message, expected);

    let again = open_xml_reply(&safe().seal(&push, Reply::text("好"), NOW + 1).unwrap());
    assert_eq!(again.message, opened.message);
    assert_ne!(again.nonce, opened.nonce);
}

#[test]
fn random_bytes_come_through_the_seam() {
    let fixed = safe().random(Arc::new(|bytes: &mut [u8]| bytes.fill(1)));
    let sealed = fixed.seal(&received_encrypted(), Reply::text("好"), NOW).unwrap();
    assert_eq!(open_xml_reply(&sealed).nonce, "16843009");
    assert_eq!(sealed, fixed.seal(&received_encrypted(), Reply::text("好"), NOW).unwrap());
}

#[test]
fn compatible_mode_answers_each_push_in_its_own_way() {
    let callback = compatible();
    let encrypted =
        callback.open(&encrypted_query(), &fixture("envelopes/compat_mode_push.xml"), NOW).unwrap();
    let sealed = callback.seal(&encrypted, Reply::text("a"), NOW).unwrap();
    assert!(open_xml_reply(&sealed).message.contains("<![CDATA[a]]>"));

    let clear = callback.open(&plain_query(), &fixture("pushes/push_text.xml"), NOW).unwrap();
    assert!(callback.seal(&clear, Reply::text("a"), NOW).unwrap().starts_with("<xml><ToUserName>"));
}

#[test]
fn a_json_push_gets_a_json_reply() {
    let vector = vectors().into_iter().find(|v| v.name == "own_scan_str").unwrap();
    let body =
        format!(r#"{{"ToUserName":"gh_3f9a1c77be20","Encrypt":"{}"}}"#, vector.encrypt.as_ref().unwrap());
    let push = safe().open(&vector.query(), body.as_bytes(), NOW).unwrap();
    let sealed = safe().seal(&push, Reply::text("a"), NOW).unwrap();
    let reply: serde_json::Value = serde_json::from_str(&sealed).unwrap();
    let text = |name: &str| reply[name].as_str().unwrap();
    let timestamp = reply["TimeStamp"].as_i64().unwrap().to_string();
    let texts = [text("Encrypt"), text("MsgSignature"), &timestamp, text("Nonce")];
    let opened = open_reply((TOKEN, &key()), texts);
    let reply: serde_json::Value = serde_json::from_str(&opened.message).unwrap();
    let expected = serde_json::json!({
        "ToUserName": "oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ",
        "FromUserName": "gh_3f9a1c77be20",
        "CreateTime": 1_767_229_200,
        "MsgType": "text",
        "Content": "a",
    });
    assert_eq!(reply, expected);
}
