//! Redis and those that speak its language, such as Valkey (feature `redis`).

mod connection;
mod error;
mod layout;
mod mirror;
mod store;

pub use error::{RedisOpenError, RedisOpenErrorKind};
pub use layout::RedisLayout;
pub use mirror::RedisMirror;
pub use store::RedisTokenStore;
