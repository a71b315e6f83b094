#![doc = include_str!("../README.md")]

mod error;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod transport;

pub use error::{TransportError, TransportErrorKind};
#[cfg(feature = "mock")]
pub use mock::{Answer, MockTransport, SentRequest};
#[cfg(feature = "reqwest")]
pub use reqwest_transport::{ReqwestOptions, ReqwestTransport};
pub use transport::Transport;
