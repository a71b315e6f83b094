//! Tests of the public interface of `wx-store`.

mod conformance;
mod crash;
mod failing_disk;
mod open;
mod sample;
mod shared_file;
