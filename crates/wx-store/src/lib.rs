#![doc = include_str!("../README.md")]

mod all_readers;
mod connection;
mod failure;
mod open_error;
mod opened_file;
mod options;
mod readers;
mod row;
mod schema;
mod sql;
mod sqlite_store;
mod writer;

pub use open_error::{OpenError, OpenErrorKind};
pub use options::SqliteOptions;
pub use sqlite_store::SqliteStore;
