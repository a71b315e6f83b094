//! Tests of the client against a scripted platform.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod account;
mod answers;
mod builder;
mod gate;
mod renewal;
mod repeat;
mod requests;
mod secrets;
mod single_flight;
