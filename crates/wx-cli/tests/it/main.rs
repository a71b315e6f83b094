//! Tests of the public interface of `wx-cli`.
