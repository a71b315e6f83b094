//! Which requests each mode takes, and what it says about the others.

use crate::samples::*;
use wx_crypto::seal;
use wx_events::{Callback, CallbackQuery, ErrorKind, Limits, Step};
use wx_model::{AppId, OriginalId};

/// What went wrong: the kind for the caller, and step and number for the operator. Both ask the same callback.
fn failure(callback: &Callback, query: &CallbackQuery, body: &[u8]) -> (ErrorKind, Step, Option<i32>) {
    let diagnosis = callback.diagnose(query, body, NOW).unwrap_err();
    (callback.open(query, body, NOW).unwrap_err().kind(), diagnosis.step(), diagnosis.code())
}

fn clear_body() -> Vec<u8> {
    fixture("pushes/push_subscribe_qr_int.xml")
}

fn safe_body() -> Vec<u8> {
    fixture("envelopes/encrypted_push_envelope.xml")
}

fn compatible_body() -> Vec<u8> {
    fixture("envelopes/compat_mode_push.xml")
}

#[test]
fn every_mode_answers_the_address_check() {
    for callback in [plain(), compatible(), safe()] {
        assert_eq!(callback.echo(&get_query()).unwrap(), "5577006791947779410");
        let mut wrong = get_query();
        wrong.nonce.push('1');
        assert_eq!(callback.echo(&wrong).unwrap_err().kind(), ErrorKind::Refused);
        assert_eq!(callback.echo(&plain_query()).unwrap_err().kind(), ErrorKind::Malformed);
    }
}

#[test]
fn plain_mode_reads_clear_bodies() {
    let push = plain().open(&plain_query(), &clear_body(), NOW).unwrap();
    assert_eq!(push.scene_scan().unwrap().scene.as_str(), "2026");
    assert!(!push.is_encrypted() && !push.is_json());

    // A service in plain mode goes on while the console is already in compatible mode.
    let push = plain().open(&encrypted_query(), &compatible_body(), NOW).unwrap();
    assert_eq!(push.scene_scan().unwrap().scene.as_str(), "2026");
    assert!(!push.is_encrypted());

    let refused = failure(&plain(), &encrypted_query(), &safe_body());
    assert_eq!(refused, (ErrorKind::InvalidPush, Step::Push, Some(-40004)));
}

#[test]
fn safe_mode_reads_encrypted_bodies_only() {
    let push = safe().open(&encrypted_query(), &safe_body(), NOW).unwrap();
    assert_eq!(push.scene_scan().unwrap().scene.as_str(), "2026");
    assert!(push.is_encrypted());

    for query in [plain_query(), encrypted_query()] {
        let refused = failure(&safe(), &query, &clear_body());
        assert_eq!(refused, (ErrorKind::Refused, Step::FindEncrypt, Some(-40002)));
    }
    let refused = failure(&safe(), &plain_query(), &safe_body());
    assert_eq!(refused, (ErrorKind::Refused, Step::Signature, Some(-40001)));
}

#[test]
fn only_the_signed_part_of_a_compatible_body_counts() {
    let forged = String::from_utf8(compatible_body()).unwrap().replace("qrscene_2026", "qrscene_666");
    for callback in [compatible(), safe()] {
        let push = callback.open(&encrypted_query(), forged.as_bytes(), NOW).unwrap();
        assert_eq!(push.scene_scan().unwrap().scene.as_str(), "2026");
        assert!(push.is_encrypted());
    }
}

#[test]
fn compatible_mode_reads_clear_bodies_if_the_query_says_so() {
    let mut raw = plain_query();
    raw.encrypt_type = "raw".to_owned();
    for query in [plain_query(), raw] {
        let push = compatible().open(&query, &clear_body(), NOW).unwrap();
        assert!(!push.is_encrypted());
        let refused = failure(&compatible(), &query, &compatible_body());
        assert_eq!(refused, (ErrorKind::Refused, Step::FindEncrypt, Some(-40002)));
    }
    let mut unknown = plain_query();
    unknown.encrypt_type = "none".to_owned();
    for query in [encrypted_query(), unknown] {
        let refused = failure(&compatible(), &query, &clear_body());
        assert_eq!(refused, (ErrorKind::Refused, Step::FindEncrypt, Some(-40002)));
    }
}

#[test]
fn each_parameter_is_needed() {
    let without = |query: &CallbackQuery, change: fn(&mut CallbackQuery)| {
        let mut query = query.clone();
        change(&mut query);
        query
    };
    let cases = [
        (plain(), without(&plain_query(), |q| q.signature.clear()), clear_body(), "signature"),
        (plain(), without(&plain_query(), |q| q.timestamp.clear()), clear_body(), "timestamp"),
        (plain(), without(&plain_query(), |q| q.nonce.clear()), clear_body(), "nonce"),
        (safe(), without(&encrypted_query(), |q| q.msg_signature.clear()), safe_body(), "msg_signature"),
        (safe(), without(&encrypted_query(), |q| q.timestamp.clear()), safe_body(), "timestamp"),
        (
            compatible(),
            without(&encrypted_query(), |q| q.msg_signature.clear()),
            safe_body(),
            "msg_signature",
        ),
    ];
    for (callback, query, body, name) in cases {
        let refused = failure(&callback, &query, &body);
        assert_eq!(refused, (ErrorKind::Refused, Step::Signature, Some(-40001)), "{name}");
        let told = callback.diagnose(&query, &body, NOW).unwrap_err().to_string();
        assert!(told.starts_with(&format!("the query has no {name};")), "{told}");
    }
}

#[test]
fn the_signature_of_the_query_does_not_stand_in_for_that_of_the_body() {
    let mut query = encrypted_query();
    query.msg_signature = query.signature.clone();
    let refused = failure(&safe(), &query, &safe_body());
    assert_eq!(refused, (ErrorKind::Refused, Step::Signature, Some(-40001)));

    let mut query = encrypted_query();
    query.signature.clear();
    query.encrypt_type.clear();
    assert!(safe().open(&query, &safe_body(), NOW).is_ok());
}

#[test]
fn token_key_and_appid_must_be_the_accounts_own() {
    let token = Callback::safe("OtherToken".into(), key(), app_id());
    let aes = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".parse().unwrap();
    let key = Callback::safe(TOKEN.into(), aes, app_id());
    let app_id = Callback::safe(TOKEN.into(), self::key(), AppId::from("wx0000000000000000"));
    let cases =
        [(token, Step::Signature, -40001), (key, Step::Decrypt, -40007), (app_id, Step::AppId, -40005)];
    for (callback, step, code) in cases {
        let refused = failure(&callback, &encrypted_query(), &safe_body());
        assert_eq!(refused, (ErrorKind::Refused, step, Some(code)));
    }
    let other = Callback::plain("OtherToken".into());
    let refused = failure(&other, &plain_query(), &clear_body());
    assert_eq!(refused, (ErrorKind::Refused, Step::Signature, Some(-40001)));
}

#[test]
fn damaged_envelopes_are_told_apart_by_the_operator_only() {
    let good = seal(&key(), APP_ID, [7; 16], &clear_body());
    let cases = [
        ("%%%".to_owned(), Step::Base64, -40010),
        (String::new(), Step::Length, -40008),
        (good[..good.len() - 24].to_owned(), Step::Length, -40008),
        (good.replace('/', " "), Step::Base64, -40010),
    ];
    for (encrypt, step, code) in cases {
        let query = query_for(TOKEN, &encrypt);
        let refused = failure(&safe(), &query, envelope(&encrypt).as_bytes());
        assert_eq!(refused, (ErrorKind::Refused, step, Some(code)), "{encrypt}");
    }
}

#[test]
fn a_sender_may_indent_the_envelope() {
    let encrypt = seal(&key(), APP_ID, [7; 16], &clear_body());
    let indented = envelope(&format!("]]>\r\n\t {encrypt} \n<![CDATA["));
    assert!(safe().open(&query_for(TOKEN, &encrypt), indented.as_bytes(), NOW).is_ok());
    let broken = envelope(&encrypt.replacen('/', " /", 1));
    assert!(safe().open(&query_for(TOKEN, &encrypt), broken.as_bytes(), NOW).is_err());
}

#[test]
fn what_was_decrypted_is_read_under_the_same_rules() {
    let opened = |message: &str| {
        let encrypt = seal(&key(), APP_ID, [7; 16], message.as_bytes());
        failure(&safe(), &query_for(TOKEN, &encrypt), envelope(&encrypt).as_bytes())
    };
    assert_eq!(opened("hello"), (ErrorKind::Malformed, Step::Read, Some(-40002)));
    assert_eq!(
        opened("<xml><MsgType>text</MsgType></xml>"),
        (ErrorKind::InvalidPush, Step::Push, Some(-40002))
    );
    assert_eq!(
        opened("<xml><Encrypt>again</Encrypt></xml>"),
        (ErrorKind::InvalidPush, Step::Push, Some(-40004))
    );
}

#[test]
fn an_empty_token_proves_nothing() {
    let mut query = get_query();
    query.signature = wx_crypto::signature(["", &query.timestamp, &query.nonce]);
    assert_eq!(Callback::plain("".into()).echo(&query).unwrap_err().kind(), ErrorKind::Refused);

    let encrypt = seal(&key(), APP_ID, [7; 16], &clear_body());
    let callback = Callback::safe("".into(), key(), app_id());
    let refused = failure(&callback, &query_for("", &encrypt), envelope(&encrypt).as_bytes());
    assert_eq!(refused, (ErrorKind::Refused, Step::Signature, Some(-40001)));
}

#[test]
fn another_account_is_refused_if_one_is_expected() {
    for (callback, query, body) in
        [(plain(), plain_query(), clear_body()), (safe(), encrypted_query(), safe_body())]
    {
        let expecting = |account: &str| callback.clone().account(OriginalId::from(account));
        assert!(expecting("gh_3f9a1c77be20").open(&query, &body, NOW).is_ok());
        let refused = failure(&expecting("gh_000000000000"), &query, &body);
        assert_eq!(refused, (ErrorKind::Refused, Step::Account, None));
    }
}

#[test]
fn the_time_window_is_closed_at_both_ends() {
    for (callback, query, body) in
        [(plain(), plain_query(), clear_body()), (safe(), encrypted_query(), safe_body())]
    {
        let windowed = callback.time_window(300);
        let kind = |now| windowed.open(&query, &body, now).err().map(|error| error.kind());
        assert_eq!((kind(NOW - 300), kind(NOW + 300)), (None, None));
        for stale in [NOW - 301, NOW + 301, i64::MIN, i64::MAX] {
            assert_eq!(kind(stale), Some(ErrorKind::Stale), "{stale}");
        }
        let diagnosis = windowed.diagnose(&query, &body, NOW + 301).unwrap_err();
        assert_eq!((diagnosis.step(), diagnosis.code()), (Step::Window, None));
        assert!(diagnosis.to_string().starts_with("the timestamp is 301 s away from the clock here;"));
    }
}

#[test]
fn a_stranger_does_not_learn_the_time_window() {
    let mut query = plain_query();
    query.signature = "0".repeat(40);
    let error = plain().time_window(300).open(&query, &clear_body(), 0).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
}

#[test]
fn a_large_body_is_refused_before_anything_else() {
    for callback in [plain(), compatible(), safe()] {
        let mut limits = Limits::with_bytes(100);
        limits.depth = 1;
        let callback = callback.limits(limits);
        let refused = failure(&callback, &CallbackQuery::default(), &[b'x'; 101]);
        assert_eq!(refused, (ErrorKind::TooLarge, Step::Size, None));
        assert_ne!(failure(&callback, &CallbackQuery::default(), &[b'x'; 100]).0, ErrorKind::TooLarge);
    }
}
