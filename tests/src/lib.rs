//! The whole house in one process: the simulated platform, the callback service with its console, a database in a
//! temporary folder, and a client. Every address is a free port of this machine, and time passes only when told.
//!
//! ```
//! # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
//! use scenarios::World;
//! use wx_sim::Mode;
//!
//! let world = World::start(Mode::Safe).await;
//! assert!(world.simulator.follow_plain("anna").await.unwrap().succeeded());
//! assert_eq!(world.service.stored().await, 1);
//! # });
//! ```
#![expect(
    clippy::missing_panics_doc,
    reason = "a scenario ends with a panic where the world does not come about"
)]

mod canaries;
mod clock;
mod deed;
mod expectation;
mod http_call;
mod kinds;
#[cfg(all(unix, any(feature = "postgres", feature = "redis")))]
mod lifeline;
#[cfg(all(unix, feature = "postgres"))]
mod postgres_server;
#[cfg(all(unix, feature = "redis"))]
mod redis_server;
mod service;
mod world;

pub use canaries::Canaries;
pub use clock::{Clock, NOON};
pub use deed::Deed;
pub use expectation::{Expectation, Row};
pub use http_call::{get, post, send};
pub use kinds::four_kinds;
#[cfg(all(unix, feature = "postgres"))]
pub use postgres_server::PostgresServer;
#[cfg(all(unix, feature = "redis"))]
pub use redis_server::RedisServer;
pub use service::{CALLBACK_PATH, Service, Setup};
pub use world::World;
