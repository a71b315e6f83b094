#![doc = include_str!("../README.md")]

#[cfg(feature = "art")]
mod art;
mod layout;
mod level;
#[cfg(feature = "pdf")]
mod pdf;
mod png;
#[cfg(feature = "proof")]
mod proof;
mod style;
mod svg;
mod symbol;
mod terminal;

#[cfg(feature = "art")]
pub use art::{
    Align, ArtError, Caption, Color, Drawing, EyeShape, Eyes, Font, Format, Frame, InvalidColor,
    InvalidProof, Length, Logo, ModuleShape, Paint, Picture, Poster, PosterText, Proof, UnknownFormat,
    Unreadable,
};
pub use layout::DrawError;
pub use level::Level;
#[cfg(feature = "pdf")]
pub use pdf::{Paper, Sheet, SheetWriter};
#[cfg(feature = "proof")]
pub use proof::{Found, PictureError, read, read_file, read_one};
pub use style::{MAX_SIDE, Size, Style};
pub use symbol::{EncodeError, Symbol};
pub use terminal::Terminal;
