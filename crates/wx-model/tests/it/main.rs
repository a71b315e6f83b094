//! Tests of the public interface of `wx-model`.

mod err_code;
mod requests;
mod samples;
