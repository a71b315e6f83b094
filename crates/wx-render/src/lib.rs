#![doc = include_str!("../README.md")]

mod layout;
mod png;
mod style;
mod svg;
mod symbol;
mod terminal;

pub use layout::DrawError;
pub use style::{MAX_SIDE, Size, Style};
pub use symbol::{EncodeError, Level, Symbol};
pub use terminal::Terminal;
