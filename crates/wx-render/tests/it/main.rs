//! Tests of wx-render: every drawing is read again by two decoders that share no code with it or each other.

#![allow(clippy::unwrap_used, reason = "tests")]

mod canvas;
mod differential;
mod limits;
mod read_back;
mod thousand;
