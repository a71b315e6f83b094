#![doc = include_str!("../README.md")]

mod accept;
mod callback_route;
mod chart;
mod console;
mod dashboard;
mod host;
mod limits;
mod report_route;
mod server;

pub use callback_route::{CallbackRoute, InvalidPath};
pub use limits::Limits;
pub use server::{BindError, Clock, Server, ServerBuilder, StoreFailed};
