use super::{Caption, Color, Font, Picture};
use serde::Deserialize;
use std::str::FromStr;

/// A background picture with the code and texts placed on it. The poster has the background's size in pixels, or the
/// width of the style.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Poster {
    /// What everything lies on.
    pub background: Picture,
    /// The left edge of the code, with its quiet zone, frame and caption.
    pub x: Length,
    /// Its upper edge.
    pub y: Length,
    /// Its width.
    pub size: Length,
    /// The width of the poster; that of the background in pixels if there is none.
    pub width: Option<Length>,
    /// Texts, later ones on top.
    pub texts: Vec<PosterText>,
}

impl Poster {
    /// A code on a background: its left and upper edge, and its width.
    pub fn new(background: Picture, x: Length, y: Length, size: Length) -> Self {
        Self { background, x, y, size, width: None, texts: Vec::new() }
    }

    /// Makes the poster so wide; the height follows.
    pub fn width(mut self, width: Length) -> Self {
        self.width = Some(width);
        self
    }

    /// Adds a text.
    pub fn text(mut self, text: PosterText) -> Self {
        self.texts.push(text);
        self
    }
}

/// A line of text on a poster.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PosterText {
    /// The line.
    pub text: String,
    /// Where it begins, ends or has its middle.
    pub x: Length,
    /// Its baseline.
    pub y: Length,
    /// The height of a character.
    pub size: Length,
    /// What `x` means.
    pub align: Align,
    /// Its colour.
    pub color: Color,
    /// Its font.
    pub font: Font,
}

impl PosterText {
    /// A black line that begins at (x, y).
    pub fn new(text: impl Into<String>, x: Length, y: Length, size: Length) -> Self {
        let font = Caption::new("").font;
        Self { text: text.into(), x, y, size, align: Align::Left, color: Color::BLACK, font }
    }

    /// What `x` means.
    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Its colour.
    pub fn color(mut self, color: Color) -> Self {
        self.color = color;
        self
    }

    /// Its font.
    pub fn font(mut self, font: Font) -> Self {
        self.font = font;
        self
    }
}

/// Which point of a text is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth")]
pub enum Align {
    /// Its beginning.
    #[default]
    Left,
    /// Its middle.
    Center,
    /// Its end.
    Right,
}

/// A length on a poster: `120px`, `30mm`, or `40%` of the poster's width (of its height for what is vertical).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
#[non_exhaustive]
pub enum Length {
    /// Pixels.
    Pixels(f32),
    /// Millimetres; the resolution of the style says how many pixels they are.
    Millimetres(f32),
    /// Parts of a hundred.
    Percent(f32),
}

impl Length {
    /// In pixels, where the whole has so many.
    pub(crate) fn pixels(self, whole: f32, dpi: u32) -> f32 {
        match self {
            Self::Pixels(pixels) => pixels,
            Self::Millimetres(length) => millimetres(length, dpi),
            Self::Percent(percent) => whole * percent / 100.0,
        }
    }
}

/// In pixels.
#[expect(clippy::cast_precision_loss, reason = "a resolution has few digits")]
pub(crate) fn millimetres(length: f32, dpi: u32) -> f32 {
    length / 25.4 * dpi as f32
}

/// A number of something.
type Unit = fn(f32) -> Length;

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let units: [(&str, Unit); 3] =
            [("px", Self::Pixels), ("mm", Self::Millimetres), ("%", Self::Percent)];
        let read = |(unit, length): &(&str, Unit)| {
            let number: f32 = text.strip_suffix(unit)?.trim().parse().ok()?;
            (number.is_finite() && number.abs() <= 100_000.0).then(|| length(number))
        };
        let invalid = || {
            let text: String = text.chars().take(32).collect();
            format!("{text:?} is no length; write it like \"120px\", \"30mm\" or \"40%\"")
        };
        units.iter().find_map(read).ok_or_else(invalid)
    }
}

impl TryFrom<String> for Length {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
