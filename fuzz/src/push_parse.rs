//! Laws:
//!
//! - Reading twice gives the same push.
//! - What a body looks like that is no push is said without breaking anything.
//! - Every part of a push agrees with the others, and it arrives the same in every mode, see `examine`.

use crate::{
    examine::{examine, receive},
    oracle::{Names, read_json, read_xml},
};
use wx_events::{Suspicion, parse_unverified};

/// Reads a clear body and looks at every part of the push.
pub fn push_parse(body: &[u8]) {
    let _ = Suspicion::of_body(body);
    let Ok(push) = parse_unverified(body) else { return };
    assert_eq!(parse_unverified(body).expect("it was read before"), push);
    let names = read_xml(body).map(|xml| xml.names()).or_else(|| read_json(body).map(|json| json.names()));
    examine(&push, names.unwrap_or(Names::LikePaths));
    receive(&push, body);
}
