//! Tests of the public interface of `wx-store`.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod conformance;
mod crash;
mod failing_disk;
mod moved_file;
mod open;
mod read_only;
mod sample;
mod shared_file;
mod token_store;
