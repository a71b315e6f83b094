#![doc = include_str!("../README.md")]

mod batch;
mod error;
mod image;
#[cfg(feature = "proof")]
mod proof;
mod qr_codes;

pub use batch::{Batch, BatchCounts, BatchEnd, BatchJournal, BatchReport, Claimed, Settled, SettledRow};
pub use error::{Error, ErrorKind};
pub use image::{Image, ImageFormat};
pub use qr_codes::{QrCodes, show_url};
