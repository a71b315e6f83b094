//! Every vector of `tests/fixtures/crypto_vectors.json`.

use serde::Deserialize;
use wx_crypto::{EncodingAesKey, open, seal, signature, verify};

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
    random16: Option<String>,
    pad_len: Option<usize>,
    plaintext: Option<String>,
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!("../fixtures/crypto_vectors.json")).unwrap()
}

#[test]
fn signatures_agree() {
    let mut checked = 0;
    for v in vectors() {
        let (Some(timestamp), Some(nonce)) = (&v.timestamp, &v.nonce) else { continue };
        if let Some(expected) = &v.signature {
            assert_eq!(&signature([&v.token, timestamp, nonce]), expected, "{}", v.name);
            assert!(verify(expected, [&v.token, timestamp, nonce]), "{}", v.name);
            checked += 1;
        }
        if let (Some(expected), Some(encrypt)) = (&v.msg_signature, &v.encrypt) {
            assert_eq!(&signature([&v.token, timestamp, nonce, encrypt]), expected, "{}", v.name);
            assert!(!verify(expected, [&v.token, timestamp, nonce]), "{}", v.name);
            checked += 1;
        }
    }
    assert_eq!(checked, 20);
}

#[test]
fn envelopes_agree_in_both_directions() {
    let mut checked = 0;
    for v in vectors() {
        let (Some(key), Some(app_id), Some(encrypt)) = (&v.encoding_aes_key, &v.appid, &v.encrypt) else {
            continue;
        };
        let key: EncodingAesKey = key.parse().unwrap();
        let plaintext = v.plaintext.as_deref().unwrap();
        assert_eq!(open(&key, app_id, encrypt).unwrap(), plaintext.as_bytes(), "{}", v.name);
        assert!(open(&key, "wx0000000000000000", encrypt).is_err(), "{}", v.name);

        let random = v.random16.as_deref().unwrap().as_bytes().try_into().unwrap();
        assert_eq!(&seal(&key, app_id, random, plaintext.as_bytes()), encrypt, "{}", v.name);
        if let Some(pad) = v.pad_len {
            assert_eq!(32 - (20 + plaintext.len() + app_id.len()) % 32, pad, "{}", v.name);
        }
        checked += 1;
    }
    assert_eq!(checked, 10);
}
