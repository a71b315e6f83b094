//! The rules that every store keeps, as tests that any store can run.
