//! Laws, with quick-xml as a second reading of the same bytes:
//!
//! - What our reader accepts, the second one accepts, with the same leaves.
//! - What our reader calls malformed, the second one refuses, or it is odd: well-formed for lenient readers only.
//! - What our reader calls too large is beyond a limit or malformed.
//! - A document that is no push is one as soon as the elements of a push stand in it.

use crate::oracle::{Reading, read_xml};
use wx_events::{ErrorKind, parse_unverified};

/// Reads bytes as XML, as they are and as a push.
pub fn xml_fields(body: &[u8]) {
    if reads_as_json(body) {
        return;
    }
    let Some(reading) = compare(body) else { return };
    let Some(inside) = reading.inside.filter(|_| parse_unverified(body).is_err()) else { return };
    let push = [&body[..inside], COMMON.as_bytes(), &body[inside..]].concat();
    let read_again = compare(&push).expect("a document with more elements is a document");
    if read_again.is_within_limits && !read_again.is_odd {
        parse_unverified(&push).expect("what every push has stands first");
    }
}

/// What every push has.
const COMMON: &str =
    "<FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType>";

fn compare(body: &[u8]) -> Option<Reading<String>> {
    let ours = parse_unverified(body);
    let theirs = read_xml(body);
    match (ours, &theirs) {
        (Ok(push), Some(theirs)) => {
            assert!(theirs.is_within_limits, "beyond a limit");
            let ours: Vec<_> = push.fields.iter().collect();
            let theirs: Vec<_> =
                theirs.leaves().into_iter().map(|(path, text)| (path, text.as_str())).collect();
            assert_eq!(ours, theirs);
        }
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

fn reads_as_json(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    std::str::from_utf8(body).is_ok_and(|text| text.trim_start().starts_with('{'))
}
