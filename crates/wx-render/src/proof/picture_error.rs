use std::fmt;

/// Why a file is not taken as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureError {
    /// Its first bytes are those of no kind that is read.
    NoPicture {
        /// What it looks like instead, if that is known.
        looks_like: Option<&'static str>,
    },
    /// It has too many pixels; they were not decoded.
    TooLarge {
        /// Pixels from left to right, as its header says.
        width: u32,
        /// Lines.
        height: u32,
        /// The most pixels that it may have.
        most: u32,
    },
    /// The file has too many bytes; they were not decoded.
    TooLong {
        /// Its length.
        bytes: u64,
        /// The most that it may have.
        most: u64,
    },
    /// A JPEG for the printing press, in CMYK.
    Cmyk,
    /// It is cut off or broken.
    Damaged {
        /// What its decoder said.
        reason: String,
    },
    /// An SVG that does more than draw, or too much.
    Svg {
        /// What it does.
        reason: String,
    },
}

impl PictureError {
    /// For a file that is neither of the kinds that are read.
    pub(crate) fn no_picture(file: &[u8]) -> Self {
        const KINDS: [(&[u8], &str); 8] = [
            (b"GIF8", "a GIF"),
            (b"RIFF", "a WebP"),
            (b"BM", "a BMP"),
            (b"%PDF", "a PDF"),
            (b"\0\0\0", "a HEIC or a film"),
            (b"PK\x03\x04", "a zip"),
            (b"<", "a web page or SVG"),
            (b"{", "JSON"),
        ];
        let looks_like = KINDS.iter().find(|(magic, _)| file.starts_with(magic)).map(|(_, name)| *name);
        Self::NoPicture { looks_like }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPicture { looks_like: None } => f.write_str("the file is no PNG or JPEG picture"),
            Self::NoPicture { looks_like: Some(kind) } => {
                write!(f, "the file is no PNG or JPEG picture, it looks like {kind}; save it as PNG or JPEG")
            }
            Self::TooLarge { width, height, most } => write!(
                f,
                "the picture has {width} x {height} pixels, at most {} million are read; make it smaller",
                most / 1_000_000
            ),
            Self::TooLong { bytes, most } => write!(
                f,
                "the picture has {} million bytes, at most {} million are read; make it smaller",
                bytes / 1_000_000,
                most / 1_000_000
            ),
            Self::Cmyk => {
                f.write_str("the picture has the colours of a printing press (CMYK); save it in RGB")
            }
            Self::Damaged { reason } => write!(f, "the picture is damaged: {reason}"),
            Self::Svg { reason } => write!(f, "the SVG is refused: {reason}"),
        }
    }
}

impl std::error::Error for PictureError {}
