//! Tests of the public interface of `wx-transport`.
