//! Tests of the public interface of `wx-channel`.

mod code;
mod dedupe_key;
#[cfg(feature = "conformance")]
mod memory_store;
mod reply;
mod report;
mod scan_event;
