//! The program `wx`.
fn main() {}
