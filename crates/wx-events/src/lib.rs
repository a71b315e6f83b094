#![doc = include_str!("../README.md")]

mod callback;
mod callback_query;
mod diagnosis;
mod document;
mod error;
mod failure;
mod limits;
mod mode;
mod random;
mod received_push;
mod reply;
mod unverified;

pub use callback::Callback;
pub use callback_query::CallbackQuery;
pub use diagnosis::{Diagnosis, Step};
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use mode::{InvalidMode, Mode};
pub use random::RandomSource;
pub use received_push::ReceivedPush;
pub use reply::InvalidReply;
pub use unverified::parse_unverified;

/// The key of compatible and safe mode and why a text is none, so that this crate and `wx-model` are enough.
pub use wx_crypto::{EncodingAesKey, InvalidKey};
