#![doc = include_str!("../README.md")]

mod accepted_answer;
mod callback;
mod callback_query;
mod diagnosis;
mod document;
mod error;
mod failure;
mod limits;
mod mode;
mod nonce_memory;
mod random;
mod received_push;
mod reply;
mod rotation;
#[cfg(feature = "router")]
mod router;
mod signed_push;
mod suspicion;
mod unverified;

pub use accepted_answer::{AcceptedAnswer, RefusedAnswer};
pub use callback::Callback;
pub use callback_query::CallbackQuery;
pub use diagnosis::{Diagnosis, Step};
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use mode::{InvalidMode, Mode};
pub use nonce_memory::NonceMemory;
pub use random::RandomSource;
pub use received_push::ReceivedPush;
pub use reply::InvalidReply;
#[cfg(feature = "router")]
pub use router::{
    Answer, BoxError, DryRun, InvalidPattern, Later, NotSendable, Outcome, Pattern, RoutedPush, Router, Rule,
    Tried, with_state,
};
pub use signed_push::SignedPush;
pub use suspicion::Suspicion;
pub use unverified::parse_unverified;

/// The key of compatible and safe mode and why a text is none, so that this crate and `wx-model` are enough.
pub use wx_crypto::{EncodingAesKey, InvalidKey};
