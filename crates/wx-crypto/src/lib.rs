#![doc = include_str!("../README.md")]

mod base64_text;
mod encoding_aes_key;
mod envelope;
mod inspect;
mod signature;

pub use encoding_aes_key::{EncodingAesKey, InvalidKey};
pub use envelope::{OpenError, OpenFailure, open, push_sealed, seal, sealed_length};
pub use inspect::{Inside, Padding, inspect};
pub use signature::{digest, signature, verify};
