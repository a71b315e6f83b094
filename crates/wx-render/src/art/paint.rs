use super::Color;

/// What the dark modules are painted with. A gradient runs over the whole symbol.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// From one colour to another along a line.
    Linear {
        /// Where the line begins.
        from: Color,
        /// Where it ends.
        to: Color,
        /// Its direction in degrees, clockwise: 0 is to the right, 90 downwards.
        angle: f32,
    },
    /// From one colour in the middle to another in the corners.
    Radial {
        /// In the middle.
        from: Color,
        /// In the corners.
        to: Color,
    },
}

impl Paint {
    /// Black.
    pub const BLACK: Self = Self::Solid(Color::BLACK);

    /// The first colour.
    pub(crate) fn from(self) -> Color {
        match self {
            Self::Solid(from) | Self::Linear { from, .. } | Self::Radial { from, .. } => from,
        }
    }

    /// Both ends.
    pub(crate) fn ends(self) -> [Color; 2] {
        match self {
            Self::Solid(color) => [color; 2],
            Self::Linear { from, to, .. } | Self::Radial { from, to } => [from, to],
        }
    }
}

impl From<Color> for Paint {
    fn from(color: Color) -> Self {
        Self::Solid(color)
    }
}
