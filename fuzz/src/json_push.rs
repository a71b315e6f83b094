//! Laws, with serde_json's own values as a second reading of the same bytes:
//!
//! - What our reader accepts, the second one accepts, with the same leaves; numbers of any size keep their digits.
//! - What our reader calls malformed, the second one refuses.
//! - What our reader calls too large is beyond a limit or malformed.
//! - An object that is no push is one as soon as the members of a push stand in it.
//! - Every part of a push agrees with the others, see `examine`; clear, encrypted in XML and in JSON it is the same.

use crate::{
    account::{APP_ID, KEY, NOW, SAFE, query_for},
    examine::{examine, receive},
    oracle::{Reading, Scalar, read_json},
};
use wx_events::{ErrorKind, parse_unverified};
use wx_model::{Push, Reply};

/// Reads bytes as JSON, as they are and as a push.
pub fn json_push(body: &[u8]) {
    let Some(reading) = compare(body) else { return };
    let Some(inside) = reading.inside.filter(|_| parse_unverified(body).is_err()) else { return };
    let has_members = body[inside..].trim_ascii_start().first() != Some(&b'}');
    let comma: &[u8] = if has_members { b"," } else { b"" };
    let push = [&body[..inside], COMMON.as_bytes(), comma, &body[inside..]].concat();
    let read_again = compare(&push).expect("an object with more members is an object");
    if read_again.is_within_limits && !read_again.is_odd {
        parse_unverified(&push).expect("what every push has stands first");
    }
}

/// What every push has.
const COMMON: &str = r#""FromUserName":"o","CreateTime":1,"MsgType":"text""#;

fn compare(body: &[u8]) -> Option<Reading<Scalar>> {
    if !is_object(body) {
        return None;
    }
    let ours = parse_unverified(body);
    let theirs = read_json(body);
    match (ours, &theirs) {
        (Ok(push), Some(theirs)) => agree(&push, theirs, body),
        (Ok(push), None) => panic!("only our reader accepts it: {push:?}"),
        (Err(error), theirs) => {
            let theirs = theirs.as_ref();
            let is_right = match error.kind() {
                ErrorKind::InvalidPush => theirs.is_some_and(|theirs| theirs.is_within_limits),
                ErrorKind::TooLarge => theirs.is_none_or(|theirs| !theirs.is_within_limits || theirs.is_odd),
                ErrorKind::Malformed => theirs.is_none_or(|theirs| theirs.is_odd),
                _ => false,
            };
            assert!(is_right, "{error}, yet {theirs:?}");
        }
    }
    theirs
}

fn agree(push: &Push, theirs: &Reading<Scalar>, body: &[u8]) {
    assert!(theirs.is_within_limits, "beyond a limit");
    if !theirs.is_odd {
        let (ours, theirs): (Vec<_>, _) = (push.fields.iter().collect(), theirs.leaves());
        assert_eq!(ours.len(), theirs.len());
        for ((our_path, text), (path, scalar)) in ours.iter().zip(theirs) {
            assert!(
                *our_path == path && scalar.is_said_by(text),
                "{our_path} = {text:?}, {path} = {scalar:?}"
            );
        }
    }
    examine(push, theirs.names());
    receive(push, body);
    enveloped_in_json(push, body);
}

fn enveloped_in_json(push: &Push, body: &[u8]) {
    let encrypt = wx_crypto::seal(&KEY, APP_ID, [7; 16], body);
    let envelope = format!(r#"{{"ToUserName":"gh_3f9a1c77be20","Encrypt":"{encrypt}"}}"#);
    let safe = SAFE.open(&query_for(&encrypt), envelope.as_bytes(), NOW).expect("it was sealed here");
    assert!(*safe == *push && safe.is_json() && safe.is_encrypted());
    if let Ok(answer) = SAFE.seal(&safe, Reply::text("x"), NOW) {
        assert!(answer.starts_with('{'), "{answer}");
    }
}

fn is_object(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    std::str::from_utf8(body).is_ok_and(|text| text.trim_start().starts_with('{'))
}
