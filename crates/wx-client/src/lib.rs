#![doc = include_str!("../README.md")]

mod answer;
mod base_url;
mod call;
mod client;
mod clock;
mod error;
mod exchange;
mod redactor;
mod token;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
