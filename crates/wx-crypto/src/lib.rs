#![doc = include_str!("../README.md")]

mod encoding_aes_key;
mod envelope;
mod signature;

pub use encoding_aes_key::{EncodingAesKey, InvalidKey};
pub use envelope::{OpenError, OpenFailure, open, seal};
pub use signature::{signature, verify};
