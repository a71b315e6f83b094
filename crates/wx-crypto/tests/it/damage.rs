//! Damaged envelopes are refused, with one and the same words.

use proptest::prelude::*;
use wx_crypto::{EncodingAesKey, OpenFailure, open, seal};

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
