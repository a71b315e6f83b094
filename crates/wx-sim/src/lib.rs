#![doc = include_str!("../README.md")]

mod account_kind;
mod act;
mod api;
mod callback;
mod clock;
mod control;
mod delivery;
mod error;
mod limits;
mod options;
mod picture;
mod platform;
mod push;
mod random;
mod serve;
mod simulator;
mod stage;
mod ticket;
mod transcript;
mod xml;

pub use account_kind::AccountKind;
pub use act::Act;
pub use callback::{Callback, Mode, UnknownMode};
pub use clock::Clock;
pub use delivery::{Answer, Attempt, CallbackCheck, Delivery, Verdict};
pub use error::Error;
pub use options::{
    DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_ORIGINAL_ID, DEFAULT_PERMANENT_CAP, DEFAULT_SECRET,
    DEFAULT_TIME_LIMIT, DEFAULT_TOKEN, Options,
};
pub use push::Push;
pub use random::Random;
pub use simulator::Simulator;
pub use transcript::{Entry, EntryKind};

/// The key of compatible and safe mode, so that this crate alone is enough.
pub use wx_crypto::{EncodingAesKey, InvalidKey};
