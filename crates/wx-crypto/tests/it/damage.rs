//! Damaged envelopes are refused, with one and the same words.

use proptest::prelude::*;
use wx_crypto::{EncodingAesKey, OpenFailure, open, push_sealed, seal, sealed_length, signature, verify};

fn key() -> EncodingAesKey {
    "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse().unwrap()
}

proptest! {
    #[test]
    fn what_was_sealed_opens(message in proptest::collection::vec(any::<u8>(), 0..300), random: [u8; 16]) {
        let encrypt = seal(&key(), "wx7a3f00c1d2e3b4a5", random, &message);
        prop_assert_eq!(open(&key(), "wx7a3f00c1d2e3b4a5", &encrypt).unwrap(), message);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}", base64ish in "[A-Za-z0-9+/]{0,400}={0,2}") {
        prop_assert!(open(&key(), "wx7a3f00c1d2e3b4a5", &text).is_err());
        prop_assert!(open(&key(), "wx7a3f00c1d2e3b4a5", &base64ish).is_err());
    }
}

#[test]
fn every_refusal_reads_the_same_outside() {
    let other: EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".parse().unwrap();
    let good = seal(&key(), "wx7a3f00c1d2e3b4a5", [7; 16], b"hello");
    let cut = &good[..good.len() - 24];
    let cases = [
        (open(&key(), "wx7a3f00c1d2e3b4a5", "%%%"), OpenFailure::Base64),
        (open(&key(), "wx7a3f00c1d2e3b4a5", ""), OpenFailure::Length),
        (open(&key(), "wx7a3f00c1d2e3b4a5", cut), OpenFailure::Length),
        (open(&other, "wx7a3f00c1d2e3b4a5", &good), OpenFailure::Padding),
        (open(&key(), "wx7a3f00c1d2e3b4a6", &good), OpenFailure::AppId),
    ];
    for (result, failure) in cases {
        let error = result.unwrap_err();
        assert_eq!(error.failure(), failure);
        assert_eq!(error.to_string(), "the envelope was refused");
    }
}

/// Every length of the padding, 1..=32, and every place of the appid between two blocks.
#[test]
fn every_padding_opens_and_says_its_length() {
    for length in 0..=64 {
        let message = vec![b'x'; length];
        for app_id in ["", "wx7a3f00c1d2e3b4a5", &"a".repeat(100)] {
            let encrypt = seal(&key(), app_id, [7; 16], &message);
            assert_eq!(encrypt.len(), sealed_length(app_id, length));
            assert_eq!(open(&key(), app_id, &encrypt).unwrap(), message, "{length} {app_id}");

            let mut body = "before ".to_owned();
            push_sealed(&mut body, &key(), app_id, [7; 16], &message);
            assert_eq!(body, format!("before {encrypt}"));
        }
    }
}

/// What the README warns of: the envelope is no seal on its contents, `msg_signature` is.
#[test]
fn a_changed_block_of_the_message_is_noticed_by_the_signature_alone() {
    let message = [b'x'; 100];
    let good = seal(&key(), "wx7a3f00c1d2e3b4a5", [7; 16], &message);
    let other = if &good[80..81] == "A" { "B" } else { "A" };
    let changed = format!("{}{other}{}", &good[..80], &good[81..]);
    let opened = open(&key(), "wx7a3f00c1d2e3b4a5", &changed).unwrap();
    assert!(opened.len() == 100 && opened != message);
    let claimed = signature(["token", "1", "2", &good]);
    assert!(verify(&claimed, ["token", "1", "2", &good]) && !verify(&claimed, ["token", "1", "2", &changed]));
}

#[test]
fn every_bit_of_a_signature_counts() {
    let good = signature(["token", "1", "2"]);
    for place in 0..40 {
        let digit = u8::from_str_radix(&good[place..=place], 16).unwrap();
        for other in (0..16).filter(|other| *other != digit) {
            let forged = format!("{}{other:x}{}", &good[..place], &good[place + 1..]);
            assert!(!verify(&forged, ["token", "1", "2"]), "{forged}");
        }
    }
}
