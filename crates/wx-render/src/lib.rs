#![doc = include_str!("../README.md")]

mod layout;
mod level;
mod png;
mod style;
mod svg;
mod symbol;
mod terminal;

pub use layout::DrawError;
pub use level::Level;
pub use style::{MAX_SIDE, Size, Style};
pub use symbol::{EncodeError, Symbol};
pub use terminal::Terminal;
