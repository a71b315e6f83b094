use serde::Deserialize;
use std::{fmt, str::FromStr};

/// An opaque sRGB colour; as a text `#rgb` or `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
#[expect(clippy::exhaustive_structs, reason = "three channels, for ever")]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Color {
    /// `#000000`
    pub const BLACK: Self = Self::grey(0);
    /// `#ffffff`
    pub const WHITE: Self = Self::grey(255);

    /// The colour of these channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// 0 is black, 255 is white.
    pub const fn grey(value: u8) -> Self {
        Self::new(value, value, value)
    }

    /// Whether it can be printed with black ink alone.
    #[cfg(feature = "pdf")]
    pub(crate) fn is_grey(self) -> bool {
        self.red == self.green && self.green == self.blue
    }

    /// How many times as bright as the other one it looks, or the other one as it: 1 (the same) to 21 (black on white),
    /// by the formula of WCAG 2.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// Relative luminance, 0 to 1.
    pub(crate) fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Color {
    type Err = InvalidColor;

    fn from_str(text: &str) -> Result<Self, InvalidColor> {
        let invalid = || InvalidColor(text.chars().take(32).collect());
        let digits = text.strip_prefix('#').ok_or_else(invalid)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(invalid());
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| invalid())?;
        let [_, red, green, blue] = value.to_be_bytes();
        match digits.len() {
            6 => Ok(Self::new(red, green, blue)),
            3 => Ok(Self::new((green & 15) * 17, (blue >> 4) * 17, (blue & 15) * 17)),
            _ => Err(invalid()),
        }
    }
}

impl TryFrom<String> for Color {
    type Error = InvalidColor;

    fn try_from(text: String) -> Result<Self, InvalidColor> {
        text.parse()
    }
}

/// A text that names no colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidColor(String);

impl fmt::Display for InvalidColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no colour; write it like \"#1a2b3c\" or \"#123\"", self.0)
    }
}

impl std::error::Error for InvalidColor {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms_and_nothing_else() {
        assert_eq!("#1a2B3c".parse(), Ok(Color::new(0x1a, 0x2b, 0x3c)));
        assert_eq!("#17f".parse(), Ok(Color::new(0x11, 0x77, 0xff)));
        for wrong in ["", "#", "123456", "#12345", "#1234567", "#+12345", "#ggg", "red", "#码码"] {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
        assert_eq!(Color::new(0x1a, 0x2b, 0x3c).to_string(), "#1a2b3c");
    }

    #[test]
    fn contrast_is_that_of_the_formula() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 1e-3);
        assert!((Color::grey(0x77).contrast(Color::WHITE) - 4.478).abs() < 1e-2);
        assert!((Color::WHITE.contrast(Color::WHITE) - 1.0).abs() < 1e-6);
    }
}
