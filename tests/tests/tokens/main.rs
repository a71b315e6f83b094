//! Processes that share the access_token of an account: real ones, killed and paused while they hold its lease.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]
#![cfg(unix)]

mod control;
mod fleet;
mod place;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
mod postgres_rules;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
mod redis_rules;
mod size;
mod sqlite;
mod stampede;
mod tripwire;
mod worker;
