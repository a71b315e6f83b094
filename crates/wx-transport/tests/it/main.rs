//! Tests of wx-transport through its public interface.

#![allow(clippy::unwrap_used, reason = "tests")]

#[cfg(feature = "reqwest")]
mod limits;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "reqwest")]
mod requests;
#[cfg(feature = "reqwest")]
mod secrets;
#[cfg(feature = "reqwest")]
mod server;
