//! An encrypted body is opened, unsigned and signed, and a message goes through the envelope and back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use wx_crypto::{EncodingAesKey, open, seal, signature};
use wx_events::{Callback, CallbackQuery};
use wx_model::{AppId, CallbackToken};

const TOKEN: &str = "ChannelToken2026";
const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
static KEY: LazyLock<EncodingAesKey> =
    LazyLock::new(|| "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse().expect("43 letters and digits"));
static SAFE: LazyLock<Callback> =
    LazyLock::new(|| Callback::safe(CallbackToken::from(TOKEN), KEY.clone(), AppId::from(APP_ID)));

fuzz_target!(|data: &[u8]| {
    // As a body that nobody signed.
    assert!(SAFE.open(&query(""), data, 0).is_err());

    // As the text of a signed envelope that was made without the key.
    if let Ok(encrypt) = std::str::from_utf8(data) {
        let _ = open_signed(encrypt);
        let _ = open(&KEY, APP_ID, encrypt);
    }

    // As a message that was sealed with the key.
    let encrypt = seal(&KEY, APP_ID, [7; 16], data);
    assert_eq!(open(&KEY, APP_ID, &encrypt).as_deref(), Ok(data));
    let _ = open_signed(&encrypt);
});

fn open_signed(encrypt: &str) -> Result<(), wx_events::Error> {
    let body = format!("<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>");
    SAFE.open(&query(encrypt), body.as_bytes(), 0).map(|_| ())
}

fn query(encrypt: &str) -> CallbackQuery {
    let mut query = CallbackQuery::parse("timestamp=1767229200&nonce=918273645&encrypt_type=aes");
    query.msg_signature = signature([TOKEN, &query.timestamp, &query.nonce, encrypt]);
    query
}
