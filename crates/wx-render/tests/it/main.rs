//! Tests of wx-render: every drawing is read again by two decoders that share no code with it or each other.

#![allow(clippy::unwrap_used, reason = "tests")]

mod canvas;
mod differential;
mod hostile_pictures;
mod limits;
mod logos;
mod pdf;
mod photos;
mod presets;
mod read_back;
mod style_file;
mod thousand;
mod unreadable;
