//! While Token and key are exchanged, both are good, and a reply goes under those of its push.

use crate::{envelopes::open_xml_reply_under, samples::*};
use wx_crypto::{EncodingAesKey, seal, signature};
use wx_events::{Callback, ErrorKind, InvalidReply, Step};
use wx_model::Reply;

const OLD_TOKEN: &str = "ChannelToken2025";

/// A key whose last character has non-zero trailing bits.
fn old_key() -> EncodingAesKey {
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".parse().unwrap()
}

fn rotating() -> Callback {
    safe().previous_token(OLD_TOKEN.into()).previous_key(old_key())
}

fn sealed(key: &EncodingAesKey) -> String {
    seal(key, APP_ID, [7; 16], &fixture("pushes/push_text.xml"))
}

#[test]
fn each_of_two_tokens_goes_with_each_of_two_keys() {
    for (token, is_old_token) in [(TOKEN, false), (OLD_TOKEN, true)] {
        for (key, is_old_key) in [(key(), false), (old_key(), true)] {
            let encrypt = sealed(&key);
            let query = query_for(token, &encrypt);
            for callback in
                [rotating(), compatible().previous_key(old_key()).previous_token(OLD_TOKEN.into())]
            {
                let push = callback.open(&query, envelope(&encrypt).as_bytes(), NOW).unwrap();
                assert_eq!(
                    (push.used_previous_token(), push.used_previous_key()),
                    (is_old_token, is_old_key)
                );
                assert_eq!(push.name(), "text");
                let reply = callback.seal(&push, Reply::text("好"), NOW).unwrap();
                assert!(open_xml_reply_under((token, &key), &reply).message.contains("<![CDATA[好]]>"));
            }
        }
    }
}

#[test]
fn without_a_previous_one_only_the_current_one_is_good() {
    let only_token = safe().previous_token(OLD_TOKEN.into());
    let only_key = safe().previous_key(old_key());
    let open = |callback: &Callback, token: &str, key: &EncodingAesKey| {
        let encrypt = sealed(key);
        callback.diagnose(&query_for(token, &encrypt), envelope(&encrypt).as_bytes(), NOW)
    };
    for callback in [&only_token, &only_key, &safe()] {
        assert!(open(callback, TOKEN, &key()).is_ok());
    }
    assert!(open(&only_token, OLD_TOKEN, &key()).is_ok() && open(&only_key, TOKEN, &old_key()).is_ok());
    for callback in [&only_key, &safe()] {
        assert_eq!(open(callback, OLD_TOKEN, &key()).unwrap_err().step(), Step::Signature);
    }
    for callback in [&only_token, &safe()] {
        let step = open(callback, TOKEN, &old_key()).unwrap_err().step();
        assert!(matches!(step, Step::Decrypt | Step::Length | Step::AppId), "{step:?}");
    }
    assert_eq!(open(&rotating(), "ChannelToken2024", &key()).unwrap_err().step(), Step::Signature);
}

#[test]
fn the_address_check_and_clear_pushes_take_both_tokens() {
    for (token, is_old) in [(TOKEN, false), (OLD_TOKEN, true)] {
        let mut query = get_query();
        query.signature = signature([token, &query.timestamp, &query.nonce]);
        let changing = [plain(), compatible()].map(|callback| callback.previous_token(OLD_TOKEN.into()));
        for callback in changing {
            assert_eq!(callback.echo(&query).unwrap(), query.echostr);
            let push = callback.open(&query, &fixture("pushes/push_text.xml"), NOW).unwrap();
            assert_eq!((push.used_previous_token(), push.used_previous_key()), (is_old, false));
        }
        assert_eq!(plain().echo(&query).is_err(), is_old);
        assert_eq!(safe().previous_token(OLD_TOKEN.into()).echo(&query).unwrap(), query.echostr);
    }
}

#[test]
fn an_empty_previous_token_proves_nothing() {
    let mut query = get_query();
    query.signature = signature(["", &query.timestamp, &query.nonce]);
    let error = plain().previous_token("".into()).echo(&query).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
}

#[test]
fn plain_mode_has_no_use_for_a_previous_key() {
    let push = plain().previous_key(old_key()).open(&plain_query(), &fixture("pushes/push_text.xml"), NOW);
    assert!(!push.unwrap().is_encrypted());
}

#[test]
fn whoever_forgot_the_old_secrets_cannot_seal_with_them() {
    let encrypt = sealed(&old_key());
    for token in [TOKEN, OLD_TOKEN] {
        let push = rotating().open(&query_for(token, &encrypt), envelope(&encrypt).as_bytes(), NOW).unwrap();
        let error = safe().seal(&push, Reply::text("a"), NOW).unwrap_err();
        assert_eq!(error.invalid_reply(), Some(InvalidReply::NoKey));
        assert_eq!(safe().seal(&push, Reply::none(), NOW).unwrap(), "success");
    }
}
