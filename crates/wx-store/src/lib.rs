#![doc = include_str!("../README.md")]

mod all_readers;
mod connection;
mod failure;
mod ledger;
mod millis;
mod open_error;
mod opened_file;
mod options;
#[cfg(feature = "postgres")]
mod postgres;
mod private_file;
mod readers;
#[cfg(feature = "redis")]
mod redis_tokens;
mod row;
mod schema;
mod shared_connection;
mod sql;
mod sqlite_store;
mod sqlite_token_store;
mod writer;

pub use open_error::{OpenError, OpenErrorKind};
pub use options::SqliteOptions;
#[cfg(feature = "postgres")]
pub use postgres::{PostgresError, PostgresErrorKind, PostgresOptions, PostgresTokenStore};
#[cfg(feature = "redis")]
pub use redis_tokens::{RedisLayout, RedisMirror, RedisOpenError, RedisOpenErrorKind, RedisTokenStore};
pub use sqlite_store::SqliteStore;
pub use sqlite_token_store::SqliteTokenStore;
