//! Tests of the public interface of `wx-server`, over real sockets.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod callback;
mod client;
mod console;
mod limits;
mod service;
