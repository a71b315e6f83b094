//! What an operator is told about an envelope that does not open.

use base64::{Engine, engine::general_purpose::STANDARD};
use wx_crypto::{EncodingAesKey, OpenFailure, Padding, inspect, open, seal};

const APP_ID: &str = "wx7a3f00c1d2e3b4a5";

fn key() -> EncodingAesKey {
    "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse().unwrap()
}

/// An envelope whose decrypted text ends in `end` behind the appid; the whole is one block of 16 bytes short of 32.
fn ending_in(message: &str, end: &str) -> String {
    let length = 20 + message.len() + APP_ID.len() + end.len();
    assert_eq!(length % 32, 16);
    let encrypt = seal(&key(), &format!("{APP_ID}{end}"), [7; 16], message.as_bytes());
    // The last block is 16 bytes of padding to 32, nothing else.
    cut(&encrypt, length)
}

/// The base64 text of the first `length` bytes.
fn cut(encrypt: &str, length: usize) -> String {
    STANDARD.encode(&STANDARD.decode(encrypt).unwrap()[..length])
}

#[test]
fn what_opens_is_what_stands_inside() {
    let encrypt = seal(&key(), APP_ID, [7; 16], "我是中文".as_bytes());
    let inside = inspect(&key(), &encrypt).unwrap();
    assert_eq!(inside.message, "我是中文".as_bytes());
    assert_eq!((inside.app_id.as_str(), inside.padding), (APP_ID, Padding::To32));
}

#[test]
fn another_account_is_named() {
    let encrypt = seal(&key(), "wx0000000000000000", [7; 16], b"hello");
    assert_eq!(open(&key(), APP_ID, &encrypt).unwrap_err().failure(), OpenFailure::AppId);
    assert_eq!(inspect(&key(), &encrypt).unwrap().app_id, "wx0000000000000000");
}

#[test]
fn other_paddings_are_told_from_another_key() {
    // 20 + 5 + 18 = 43 bytes, and 5 to 48.
    let to_16 = ending_in("hello", "\u{5}\u{5}\u{5}\u{5}\u{5}");
    assert_eq!(open(&key(), APP_ID, &to_16).unwrap_err().failure(), OpenFailure::Length);
    let inside = inspect(&key(), &to_16).unwrap();
    assert_eq!((inside.app_id.as_str(), inside.padding), (APP_ID, Padding::To16));

    let zeros = ending_in("hello", "\0\0\0\0\0");
    let inside = inspect(&key(), &zeros).unwrap();
    assert_eq!((inside.app_id.as_str(), inside.padding), (APP_ID, Padding::Wrong));
    assert_eq!(inside.message, b"hello");
}

#[test]
fn what_shows_nothing_says_why() {
    let other: EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".parse().unwrap();
    let encrypt = seal(&key(), APP_ID, [7; 16], b"hello");
    assert_eq!(inspect(&other, &encrypt), Err(OpenFailure::Padding));
    assert_eq!(inspect(&key(), "%%%"), Err(OpenFailure::Base64));
    assert_eq!(inspect(&key(), ""), Err(OpenFailure::Length));
    assert_eq!(inspect(&key(), &encrypt[..8]), Err(OpenFailure::Length));
    // Sixteen bytes hold no length.
    assert_eq!(inspect(&key(), &cut(&encrypt, 16)), Err(OpenFailure::Length));
}
