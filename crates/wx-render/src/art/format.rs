use std::{fmt, str::FromStr};

/// The kind of a picture file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Shapes, for screens and layout programs; captions are outlines and need no font.
    Svg,
    /// Pixels without loss: one bit each when black on white, else RGB, with transparency RGBA.
    Png,
    /// Pixels with small losses, on white.
    Jpeg,
    /// Shapes for the printer; black and grey are black ink alone (CMYK 0 0 0 K).
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Format {
    /// Without dot: `svg`, `png`, `jpg`, `pdf`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
        }
    }

    pub(crate) fn is_pixels(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// By the extension, in any case; `jpeg` too.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        match text.to_ascii_lowercase().as_str() {
            "svg" => Ok(Self::Svg),
            "png" => Ok(Self::Png),
            "jpg" | "jpeg" => Ok(Self::Jpeg),
            #[cfg(feature = "pdf")]
            "pdf" => Ok(Self::Pdf),
            _ => Err(UnknownFormat(text.chars().take(16).collect())),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}

/// A text that names no [`Format`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no format; there are svg, png, jpg and pdf", self.0)
    }
}

impl std::error::Error for UnknownFormat {}
