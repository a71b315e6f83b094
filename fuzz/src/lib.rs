//! What the fuzz targets check, as functions that any input may be given to.
//!
//! A target stands in a file of its own, with its laws at the top; it panics where a law is broken. libFuzzer calls
//! them through `fuzz_targets/`, `cargo xtask test` through the scenarios with the [seeds](seeds), and
//! `cargo xtask fuzz` measures them with `replay`.
#![forbid(unsafe_code)]

mod account;
mod envelope_open;
mod event_key;
mod examine;
mod heavy;
mod json_push;
mod oracle;
mod push_parse;
mod reply_roundtrip;
mod seeds;
#[cfg(feature = "libfuzzer")]
mod watched;
mod xml_fields;

pub use envelope_open::envelope_open;
pub use event_key::event_key;
pub use heavy::heavy;
pub use json_push::json_push;
pub use push_parse::push_parse;
pub use reply_roundtrip::reply_roundtrip;
pub use seeds::{files, seeds};
#[cfg(feature = "libfuzzer")]
pub use watched::watched;
pub use xml_fields::xml_fields;

/// A target takes any bytes and panics where a law is broken.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 6] = [
    ("xml_fields", xml_fields),
    ("push_parse", push_parse),
    ("envelope_open", envelope_open),
    ("reply_roundtrip", reply_roundtrip),
    ("event_key", event_key),
    ("json_push", json_push),
];
