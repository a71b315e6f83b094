//! Laws:
//!
//! - Nothing that nobody signed is opened.
//! - What is refused for its signature, its envelope or its appid is refused with one and the same text.
//! - Text that was made without the key is refused; if it is opened all the same, the key has made it.
//! - A sealed message is opened again, byte for byte, and by no other key and no other appid.
//! - While a key is given up, what is sealed with it is opened by its owner and refused by everybody else.
//! - The operator is told more, without breaking anything.
//! - A sealed message that was damaged is refused once it was signed undamaged, and never breaks anything.

use crate::account::{APP_ID, KEY, NOW, OTHER_KEY, ROTATING, SAFE, envelope, query_for};
use std::sync::LazyLock;
use wx_crypto::{open, seal};
use wx_events::{CallbackQuery, Error, ErrorKind, ReceivedPush, parse_unverified};

/// Takes bytes for a body, for the text of an envelope, and for a message in one.
pub fn envelope_open(data: &[u8]) {
    as_body(data);
    if let Ok(encrypt) = std::str::from_utf8(data) {
        as_encrypt(encrypt);
    }
    as_message(data);
}

fn as_body(body: &[u8]) {
    let refused = SAFE.open(&query_for("something else"), body, NOW).expect_err("nobody signed it");
    check(&refused);
    let refused = SAFE.open(&CallbackQuery::default(), body, NOW).expect_err("the query says nothing");
    check(&refused);
    let _ = SAFE.suspect(&query_for("something else"), body, NOW);
    if let Some(encrypt) = encrypt_of(body) {
        let _ = checked(SAFE.open(&query_for(encrypt), body, NOW));
    }
}

fn as_encrypt(encrypt: &str) {
    if let Ok(message) = open(&KEY, APP_ID, encrypt) {
        assert!(message.len() + 20 + APP_ID.len() < encrypt.len());
    }
    let _ = open(&OTHER_KEY, APP_ID, encrypt);
    let _ = checked(SAFE.open(&query_for(encrypt), envelope(encrypt).as_bytes(), NOW));
}

fn as_message(message: &[u8]) {
    let encrypt = seal(&KEY, APP_ID, [7; 16], message);
    assert_eq!(open(&KEY, APP_ID, &encrypt).as_deref(), Ok(message));
    assert!(open(&KEY, "wx0000000000000000", &encrypt).is_err());
    assert!(open(&OTHER_KEY, APP_ID, &encrypt).is_err());
    let _ = checked(SAFE.open(&query_for(&encrypt), envelope(&encrypt).as_bytes(), NOW));

    let old = seal(&OTHER_KEY, APP_ID, [7; 16], message);
    let body = envelope(&old);
    check(&SAFE.open(&query_for(&old), body.as_bytes(), NOW).expect_err("it has another key"));
    let received = checked(ROTATING.open(&query_for(&old), body.as_bytes(), NOW));
    assert!(received.is_ok_and(|push| push.used_previous_key()) == parse_unverified(message).is_ok());

    let damaged = damaged(&encrypt, message);
    let refused = SAFE.open(&query_for(&encrypt), envelope(&damaged).as_bytes(), NOW);
    check(&refused.expect_err("the signature is that of another text"));
    let _ = open(&KEY, APP_ID, &damaged);
    let (query, body) = (query_for(&damaged), envelope(&damaged));
    let opened = checked(SAFE.open(&query, body.as_bytes(), NOW));
    assert!(SAFE.suspect(&query, body.as_bytes(), NOW).is_empty() || opened.is_err());
}

/// One letter is another one, or the text is cut; where, the message itself decides.
fn damaged(encrypt: &str, message: &[u8]) -> String {
    let chance =
        message.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let (head, tail) = encrypt.split_at(chance / 2 % encrypt.len());
    match (chance % 2, tail.strip_prefix('A')) {
        (0, _) => head.to_owned(),
        (_, Some(rest)) => format!("{head}B{rest}"),
        (_, None) => format!("{head}A{}", &tail[1..]),
    }
}

fn checked(result: Result<ReceivedPush, Error>) -> Result<ReceivedPush, Error> {
    result.inspect_err(check)
}

/// Before the signature holds, a body may also be no document at all; after it, what is inside may be no push.
fn check(error: &Error) {
    match error.kind() {
        ErrorKind::Refused => assert_eq!(error.to_string(), *ONE_TEXT),
        kind => assert!(
            matches!(kind, ErrorKind::Malformed | ErrorKind::TooLarge | ErrorKind::InvalidPush),
            "{error}"
        ),
    }
}

static ONE_TEXT: LazyLock<String> = LazyLock::new(|| {
    let body = envelope("something else");
    SAFE.open(&CallbackQuery::default(), body.as_bytes(), NOW)
        .expect_err("the query says nothing")
        .to_string()
});

/// The text between the tags, as a reader finds it that knows nothing of XML.
fn encrypt_of(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    let inside = text.split_once("<Encrypt><![CDATA[")?.1;
    Some(inside.split_once("]]></Encrypt>")?.0)
}
