//! Tests of the public interface of `wx-events`.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod damaged;
mod envelopes;
mod errors;
mod forms;
mod modes;
mod nonces;
mod platform;
mod properties;
mod pushes;
mod queries;
mod reading;
mod refusals;
mod replies;
mod rotation;
#[cfg(feature = "router")]
mod router;
mod samples;
mod seeds;
mod signing;
mod suspicions;
