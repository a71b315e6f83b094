use super::Unreadable;
use crate::{DrawError, EncodeError, PictureError};
use std::{fmt, path::PathBuf};

/// Why a style cannot be used or a picture not be drawn. Every message says what to do.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ArtError {
    /// The text does not fit into a symbol.
    Encode(EncodeError),
    /// The size is out of range.
    Draw(DrawError),
    /// The style file is not valid.
    Style {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// There is no preset of that name.
    Preset {
        /// The name.
        name: String,
        /// The preset that may be meant.
        meant: Option<&'static str>,
    },
    /// A value is out of its range.
    Value(String),
    /// A file that the style names cannot be read.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A logo or background is refused.
    Picture(PictureError),
    /// The font is missing or is none.
    Font(String),
    /// No font has these characters of the caption.
    Glyphs {
        /// What the best font lacks.
        characters: String,
        /// Whether only a given font was asked.
        is_given: bool,
    },
    /// The picture was drawn, but people could not scan it; it is not handed out.
    Unreadable(Unreadable),
}

impl fmt::Display for ArtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::Draw(error) => error.fmt(f),
            Self::Style { line, reason } => write!(f, "line {line} of the style: {reason}"),
            Self::Preset { name, meant: Some(meant) } => {
                write!(f, "there is no preset {name:?}; did you mean {meant:?}?")
            }
            Self::Preset { name, meant: None } => {
                write!(f, "there is no preset {name:?}; there are {}", super::preset::NAMES.join(", "))
            }
            Self::Value(reason) | Self::Font(reason) => f.write_str(reason),
            Self::File { path, reason } => write!(f, "cannot read {}: {reason}", path.display()),
            Self::Picture(error) => error.fmt(f),
            Self::Glyphs { characters, is_given: true } => {
                write!(
                    f,
                    "the font lacks {characters}; give another one, or none, so that the system's are searched"
                )
            }
            Self::Glyphs { characters, is_given: false } => write!(
                f,
                "no font of this system has {characters}; install one (Debian and Ubuntu: fonts-noto-cjk or \
                 fonts-wqy-zenhei), or give a font file"
            ),
            Self::Unreadable(reason) => reason.fmt(f),
        }
    }
}

impl std::error::Error for ArtError {}

impl From<EncodeError> for ArtError {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<DrawError> for ArtError {
    fn from(error: DrawError) -> Self {
        Self::Draw(error)
    }
}

impl From<PictureError> for ArtError {
    fn from(error: PictureError) -> Self {
        Self::Picture(error)
    }
}

impl From<Unreadable> for ArtError {
    fn from(error: Unreadable) -> Self {
        Self::Unreadable(error)
    }
}
