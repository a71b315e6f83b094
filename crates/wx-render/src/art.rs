//! Codes that people want to scan: colours, shapes, logo, frame, caption, poster.

mod alignment;
mod area;
mod art_error;
mod build;
mod caption_block;
mod cleared;
mod color;
mod draw;
mod drawing;
mod eye;
mod file;
mod font;
mod format;
mod item;
mod module_shape;
mod outline;
mod paint;
mod parts;
mod picture;
#[cfg(feature = "pdf")]
mod pixels;
mod poster;
mod preset;
mod proof_policy;
mod raster;
mod style_error;
mod style_file;
mod svg_document;
mod svg_picture;
mod texts;
mod tile;
mod unreadable;

pub use art_error::ArtError;
pub use color::{Color, InvalidColor};
pub use drawing::Drawing;
pub use eye::EyeShape;
pub use font::Font;
pub use format::{Format, UnknownFormat};
pub use module_shape::ModuleShape;
pub use paint::Paint;
pub(crate) use parts::Art;
pub use parts::{Caption, Eyes, Frame, Logo};
pub use picture::Picture;
pub use poster::{Align, Length, Poster, PosterText};
pub use proof_policy::{InvalidProof, Proof};
pub use unreadable::Unreadable;
#[cfg(feature = "pdf")]
pub(crate) use {
    item::{Fill, Item},
    picture::Kind,
    pixels::Pixels,
    tile::whole,
};
