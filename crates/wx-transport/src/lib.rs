#![doc = include_str!("../README.md")]

/// The attribute that an `impl Transport` carries.
pub use async_trait::async_trait;

#[cfg(feature = "_network")]
mod answer_body;
#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
#[cfg(feature = "_network")]
mod failure;
#[cfg(feature = "hyper")]
mod hyper_transport;
#[cfg(any(feature = "mock", feature = "replay"))]
mod json_difference;
mod limits;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "_network")]
mod options;
#[cfg(feature = "_network")]
mod outgoing;
#[cfg(feature = "replay")]
mod recording;
#[cfg(any(feature = "mock", feature = "replay"))]
mod redaction;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
#[cfg(any(feature = "mock", feature = "replay"))]
mod secrets;
#[cfg(feature = "_network")]
mod tls;
mod transport;

pub use error::{TransportError, TransportErrorKind};
#[cfg(feature = "hyper")]
pub use hyper_transport::HyperTransport;
pub use limits::Limits;
#[cfg(feature = "mock")]
pub use mock::{Answer, Matcher, MockTransport, SentRequest};
#[cfg(feature = "_network")]
pub use options::TransportOptions;
#[cfg(feature = "replay")]
pub use recording::{Recording, RecordingError, RecordingTransport, ReplayTransport};
#[cfg(any(feature = "mock", feature = "replay"))]
pub use redaction::Redaction;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::ReqwestTransport;
pub use transport::Transport;
