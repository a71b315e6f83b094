#![doc = include_str!("../README.md")]

mod error;
mod image;
mod qr_codes;

pub use error::{Error, ErrorKind};
pub use image::{Image, ImageFormat};
pub use qr_codes::{QrCodes, show_url};
