#[cfg(feature = "replay")]
mod forms;
#[cfg(feature = "replay")]
mod known;
pub(crate) mod named;

#[cfg(feature = "replay")]
pub(crate) use known::{Secrets, without_numbers};
