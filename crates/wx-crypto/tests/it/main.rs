//! Tests of the public interface of `wx-crypto`.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod damage;
mod inspection;
mod vectors;
