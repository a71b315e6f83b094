//! Scenarios across all crates, against the simulated platform in this process.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod addresses;
mod deliveries;
mod fuzz_seeds;
mod hindered_store;
mod letter;
mod limits;
mod picture;
mod readme;
#[rustfmt::skip]
mod readme_examples;
mod refusals;
mod secrets;
mod stopping;
mod storage;
mod third_party;
mod tokens;
mod whole_loop;
#[cfg(feature = "zbar")]
mod zbar;
