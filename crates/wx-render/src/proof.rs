//! Reading pictures: ours, to prove that they scan, and those of others.

mod binary;
mod candidate;
mod decoders;
mod finder;
mod found;
mod grey;
mod jpeg_file;
mod picture_error;
mod picture_file;
mod png_file;
mod rows;
mod search;

pub use found::{Found, read, read_file, read_one};
pub(crate) use grey::Grey;
pub use picture_error::PictureError;
use rows::{Reduced, Rows};
#[cfg(feature = "art")]
pub(crate) use {
    decoders::{by_rqrr, by_rxing},
    picture_file::{PictureKind, PictureLimits},
};
