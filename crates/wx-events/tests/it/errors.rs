//! What a stranger reads is the same whatever was wrong, and no secret is in it.

use crate::samples::*;
use std::{collections::BTreeSet, error::Error as _};
use wx_crypto::seal;
use wx_events::Callback;
use wx_model::{AppId, OriginalId};

#[test]
fn refusals_read_the_same_outside() {
    let good = seal(&key(), APP_ID, [7; 16], &fixture("pushes/push_text.xml"));
    let envelopes = [
        (query_for("Other", &good), good.clone()),
        (encrypted_query(), good.clone()),
        (query_for(TOKEN, "%%%"), "%%%".to_owned()),
        (query_for(TOKEN, &good[4..]), good[4..].to_owned()),
        (query_for(TOKEN, &good[..64]), good[..64].to_owned()),
        (plain_query(), good.clone()),
    ];
    let account = OriginalId::from("gh_000000000000");
    let callbacks = [safe(), Callback::safe(TOKEN.into(), key(), AppId::from("wx0")).account(account)];
    let mut seen = BTreeSet::new();
    for callback in &callbacks {
        for (query, encrypt) in &envelopes {
            let error = callback.open(query, envelope(encrypt).as_bytes(), NOW).unwrap_err();
            assert!(error.source().is_none());
            seen.insert(format!("{error} {error:?}"));
        }
    }
    let told = "the request was refused: it does not prove that it comes from the platform \
        Error { kind: Refused, failure: None }";
    assert_eq!(seen, BTreeSet::from([told.to_owned()]));
}

/// Neither the text, nor the causes, nor the debug print.
#[test]
fn no_error_repeats_the_body() {
    let common = r#""FromUserName":"o","CreateTime":1,"MsgType":"text""#;
    for body in [
        r#"{"Encrypt":8675309}"#.to_owned(),
        r#"{"Encrypt":-8675309.5}"#.to_owned(),
        r#"{"Encrypt":"8675309"#.to_owned(),
        r#"{"Encrypt":["8675309"]}"#.to_owned(),
        r#"{"8675309":"8675309","8675309"}"#.to_owned(),
        format!(r#"{{{common},"8675309":8675309.}}"#),
        format!(r#"{{{common},"8675309":"\ud8008675309"}}"#),
        format!(r#"{{{common},"8675309":[{{"8675309":x8675309}}]}}"#),
        r#"{"FromUserName":"o","CreateTime":"8675309x","MsgType":"text"}"#.to_owned(),
        "<xml><a8675309>8675309</xml>".to_owned(),
        "<xml>&a8675309;</xml>".to_owned(),
        "<xml>&#8675309;</xml>".to_owned(),
        "<!DOCTYPE a8675309><xml/>".to_owned(),
    ] {
        for error in [
            plain().open(&plain_query(), body.as_bytes(), NOW).unwrap_err(),
            safe().open(&encrypted_query(), body.as_bytes(), NOW).unwrap_err(),
        ] {
            let cause = error.source().map(|cause| format!("{cause} {cause:?}"));
            let told = format!("{error} {error:?} {cause:?}");
            assert!(!told.contains("8675309"), "{body}: {told}");
        }
    }
}

#[test]
fn secrets_are_not_printed() {
    let printed = format!("{:?}", safe());
    assert!(!printed.contains(TOKEN) && !printed.contains(KEY), "{printed}");
    assert!(printed.contains("[redacted]"), "{printed}");
}

#[test]
fn every_diagnosis_says_what_to_do() {
    let encrypt = seal(&key(), APP_ID, [7; 16], &fixture("pushes/push_text.xml"));
    let sentence = |callback: &Callback, query, body: &str| {
        callback.diagnose(&query, body.as_bytes(), NOW).unwrap_err().to_string()
    };
    let sealed = |encrypt: &str| sentence(&safe(), query_for(TOKEN, encrypt), &envelope(encrypt));
    let other = Callback::safe(TOKEN.into(), key(), AppId::from("wx0"));
    let sentences = [
        sentence(&safe(), encrypted_query(), &envelope(&encrypt)),
        sentence(&safe(), plain_query(), "<xml/>"),
        sentence(&compatible(), plain_query(), &envelope(&encrypt)),
        sealed("%%%"),
        sealed(""),
        sealed(&encrypt[..64]),
        sentence(&other, query_for(TOKEN, &encrypt), &envelope(&encrypt)),
        sentence(&plain(), plain_query(), &envelope(&encrypt)),
        sentence(&plain(), plain_query(), "<xml>"),
        sentence(&plain(), plain_query(), "<xml/>"),
    ];
    insta::assert_snapshot!("diagnoses", sentences.join("\n"));
}
