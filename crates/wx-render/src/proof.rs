//! Reading pictures: ours, to prove that they scan, and those of others.

mod decoders;
mod found;
mod grey;
mod picture_error;
mod picture_file;

pub use found::{Found, read};
pub(crate) use grey::Grey;
pub use picture_error::PictureError;
#[cfg(feature = "art")]
pub(crate) use {
    decoders::{by_rqrr, by_rxing},
    picture_file::{PictureKind, PictureLimits},
};
