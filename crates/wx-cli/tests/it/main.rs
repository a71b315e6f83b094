//! Runs the program as its users do.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod code;
mod demo;
mod errcode;
mod program;
mod push_decode;
mod report;
mod serve;
mod sim;
mod usage;
