#![doc = include_str!("../README.md")]

#[cfg(feature = "art")]
mod art;
mod layout;
<<<<<<< HEAD
mod level;
=======
#[cfg(feature = "pdf")]
mod pdf;
>>>>>>> cb9a6ce (wx-render: draw codes with style, prove that they scan)
mod png;
#[cfg(feature = "proof")]
mod proof;
mod style;
mod svg;
mod symbol;
mod terminal;

#[cfg(feature = "art")]
pub use art::{
    Align, ArtError, Caption, Color, Drawing, Eyes, EyeShape, Font, Format, Frame, InvalidColor, InvalidProof, Length, Logo,
    ModuleShape, Paint, Picture, Poster, PosterText, Proof, UnknownFormat, Unreadable,
};
pub use layout::DrawError;
<<<<<<< HEAD
pub use level::Level;
=======
#[cfg(feature = "pdf")]
pub use pdf::{Paper, Sheet, SheetWriter};
#[cfg(feature = "proof")]
pub use proof::{Found, PictureError, read};
>>>>>>> cb9a6ce (wx-render: draw codes with style, prove that they scan)
pub use style::{MAX_SIDE, Size, Style};
pub use symbol::{EncodeError, Symbol};
pub use terminal::Terminal;
