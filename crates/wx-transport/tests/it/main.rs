//! Tests of wx-transport through its public interface.

#![allow(clippy::unwrap_used, reason = "tests")]

mod conformance;
mod faults;
mod mock;
mod network;
mod replay;
