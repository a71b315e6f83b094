#![doc = include_str!("../README.md")]

mod answer;
mod base_url;
mod call;
mod calls;
mod client;
mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
mod dispatcher;
mod error;
mod exchange;
mod hosts;
mod observer;
mod pace;
mod pause;
mod quota_guard;
mod random;
mod redactor;
mod retry;
mod token;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use call::{Call, Repeat};
pub use calls::{Messages, Network, Page, Pages, Quotas, ShortKeys, Statistics, Tags, Users};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
pub use observer::{CallReport, Observer, Outcome};
pub use pace::Pace;
pub use retry::RetryPolicy;
pub use token::{
    AccessTokenSource, AuthorizerToken, CentralToken, Component, ComponentStore, FixedToken, Lease,
    LeaseWish, MemoryComponentStore, MemoryTokenStore, NewToken, Setback, SharedToken, TokenGrant, TokenRow,
    TokenService, TokenStore, TokenStoreError,
};
