//! Tests of the public interface of `wx-crypto`.

mod damage;
mod vectors;
