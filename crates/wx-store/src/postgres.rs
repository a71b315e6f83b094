//! PostgreSQL (feature `postgres`).

mod component_store;
mod error;
mod failure;
mod options;
mod schema;
mod sql;
mod tls;
mod token_store;

pub use error::{PostgresError, PostgresErrorKind};
pub use options::PostgresOptions;
pub use token_store::PostgresTokenStore;
