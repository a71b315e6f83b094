//! Tests of the calls about codes against a scripted platform.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod account;
mod batch;
mod create;
mod image;
#[cfg(feature = "proof")]
mod proof;
mod repeat;
mod show_url;
