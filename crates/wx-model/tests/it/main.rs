//! Tests of the public interface of `wx-model`.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod err_code;
mod events;
mod messages;
mod notices;
mod push_key;
mod pushes;
mod requests;
mod samples;
