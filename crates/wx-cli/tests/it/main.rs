//! Runs the program as its users do.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod canaries;
mod clinic;
mod code;
mod code_batch;
mod code_batch_looks;
mod code_image;
mod code_ledger;
mod code_render;
mod code_verify;
mod demo;
mod doctor;
mod errcode;
mod platform;
mod program;
mod push_answers;
mod push_causes;
mod push_decode;
mod push_send;
mod push_sign;
mod quota;
mod reply_render;
mod report;
mod serve;
mod sim;
mod token;
mod usage;
