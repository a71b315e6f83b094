//! Tests of the public interface of `wx-channel`.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod code;
mod dedupe_key;
mod json;
#[cfg(feature = "conformance")]
mod memory_store;
#[cfg(feature = "conformance")]
mod own_store;
mod reply;
mod report;
mod scan_event;
