//! Tests of the public interface of `wx-events`.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod envelopes;
mod errors;
mod modes;
mod properties;
mod pushes;
mod queries;
mod reading;
mod refusals;
mod replies;
mod samples;
mod seeds;
