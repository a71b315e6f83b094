#![doc = include_str!("../README.md")]

mod account_kind;
mod act;
mod api;
mod beijing;
mod callback;
mod clock;
mod component;
mod console;
mod control;
mod created_code;
mod custom_message;
mod delivery;
mod error;
mod fault;
mod limits;
mod options;
mod order;
mod person;
mod picture;
mod platform;
mod push;
mod random;
mod serve;
mod simulator;
mod stage;
mod subscribe_scene;
mod ticket;
mod transcript;
mod xml;

pub use account_kind::{AccountKind, UnknownKind};
pub use act::Act;
pub use callback::{Callback, Mode, UnknownMode};
pub use clock::Clock;
pub use component::Component;
pub use created_code::CreatedCode;
pub use custom_message::CustomMessage;
pub use delivery::{Answer, Attempt, CallbackCheck, Delivery, FAILURE_TEXT, Round, Shown, Verdict};
pub use error::Error;
pub use fault::Fault;
pub use options::{
    DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_ORIGINAL_ID, DEFAULT_PERMANENT_CAP, DEFAULT_SECRET,
    DEFAULT_TIME_LIMIT, DEFAULT_TOKEN, Options,
};
pub use order::{Order, UnknownOrder};
pub use person::Person;
pub use push::{FieldValue, Push, PushShape, SYSTEM_SENDER, UnknownShape};
pub use random::Random;
pub use simulator::Simulator;
pub use subscribe_scene::{SubscribeScene, UnknownScene};
pub use transcript::{Entry, EntryKind};

/// The key of compatible and safe mode, so that this crate alone is enough.
pub use wx_crypto::{EncodingAesKey, InvalidKey};
