//! Tests of the client against a scripted platform.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod account;
mod answers;
mod builder;
mod central;
mod chinese;
mod clock_steps;
mod component;
mod gate;
mod hosts;
#[cfg(feature = "conformance")]
mod memory_store;
mod observed;
mod pace;
mod quota_guard;
mod refusals;
mod renewal;
mod repeat;
mod requests;
mod secrets;
mod shared_token;
mod single_flight;
mod sources;
mod storms;
mod typed;
mod unknown;
mod wire;
mod with_simulator;
