//! Tests of the public interface of `wx-store`.
