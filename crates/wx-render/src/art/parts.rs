use super::{Color, EyeShape, Font, ModuleShape, Paint, Picture, Poster};
use crate::Level;

/// What a style says beyond size and quiet zone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Art {
    pub(crate) level: Correction,
    /// Pixels per inch, if the size was given on paper.
    pub(crate) dpi: Option<u32>,
    pub(crate) dark: Paint,
    /// Nothing where the paper shines through.
    pub(crate) light: Option<Color>,
    pub(crate) modules: ModuleShape,
    pub(crate) eyes: Eyes,
    pub(crate) logo: Option<Logo>,
    pub(crate) frame: Option<Frame>,
    pub(crate) caption: Option<Caption>,
    pub(crate) poster: Option<Poster>,
}

/// Which level is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Correction {
    /// Nothing was said: M.
    Default,
    /// This one, if no logo needs more.
    Exactly(Level),
    /// The strongest that takes no larger symbol than this one.
    AtLeast(Level),
}

impl Correction {
    pub(crate) fn least(self) -> Level {
        match self {
            Self::Default => Level::M,
            Self::Exactly(level) | Self::AtLeast(level) => level,
        }
    }
}

impl Default for Art {
    fn default() -> Self {
        Self {
            level: Correction::Default,
            dpi: None,
            dark: Paint::BLACK,
            light: Some(Color::WHITE),
            modules: ModuleShape::default(),
            eyes: Eyes::default(),
            logo: None,
            frame: None,
            caption: None,
            poster: None,
        }
    }
}

/// The three large squares in the corners (finder patterns).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Eyes {
    /// The ring.
    pub frame: EyeShape,
    /// What is in it.
    pub ball: EyeShape,
    /// The ring's colour; the paint of the modules if there is none.
    pub frame_color: Option<Color>,
    /// The ball's colour.
    pub ball_color: Option<Color>,
}

impl Eyes {
    /// Eyes of these shapes, painted like the modules.
    pub fn new(frame: EyeShape, ball: EyeShape) -> Self {
        Self { frame, ball, frame_color: None, ball_color: None }
    }

    /// Sets both colours.
    pub fn color(mut self, frame: Color, ball: Color) -> Self {
        (self.frame_color, self.ball_color) = (Some(frame), Some(ball));
        self
    }
}

/// A picture in the middle of the symbol, on a place that is cleared for it. What it covers, error correction brings back;
/// the level is raised as far as that needs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Logo {
    /// The picture.
    pub picture: Picture,
    /// Its longer side in percent of the symbol's side.
    pub size: f32,
    /// The cleared margin around it, in modules.
    pub margin: f32,
    /// Whether the cleared place is a circle.
    pub is_round: bool,
}

impl Logo {
    /// A logo of 22 % of the symbol's side, with a margin of half a module on a square place.
    pub fn new(picture: Picture) -> Self {
        Self { picture, size: 22.0, margin: 0.5, is_round: false }
    }

    /// Its longer side in percent of the symbol's side, 5 to 40; what is too much for the code is refused when it is drawn.
    pub fn size(mut self, percent: f32) -> Self {
        self.size = percent;
        self
    }

    /// The cleared margin around it in modules, 0 to 4.
    pub fn margin(mut self, modules: f32) -> Self {
        self.margin = modules;
        self
    }

    /// Clears a circle in place of a square.
    pub fn round(mut self) -> Self {
        self.is_round = true;
        self
    }
}

/// What is around the code.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Frame {
    /// Its colour.
    pub color: Color,
    /// Its width in modules.
    pub width: f32,
    /// The radius of its corners in modules.
    pub radius: f32,
    /// Whether it is filled, with the code on a light field and the caption on the frame; otherwise a line around both.
    pub is_card: bool,
}

impl Frame {
    /// A line around the code, one module wide.
    pub fn line(color: Color) -> Self {
        Self { color, width: 1.0, radius: 2.0, is_card: false }
    }

    /// A filled card, two modules wide around the code.
    pub fn card(color: Color) -> Self {
        Self { color, width: 2.0, radius: 3.0, is_card: true }
    }

    /// Its width in modules, 0.2 to 8.
    pub fn width(mut self, modules: f32) -> Self {
        self.width = modules;
        self
    }

    /// The radius of its corners in modules, 0 to 12.
    pub fn radius(mut self, modules: f32) -> Self {
        self.radius = modules;
        self
    }
}

/// Lines of text under the code.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Caption {
    /// One to four lines, separated by line feeds.
    pub text: String,
    /// The height of a character in percent of the code's width. A line that is too wide becomes smaller.
    pub size: f32,
    /// Its colour; without one, that of the modules, on a card the light colour.
    pub color: Option<Color>,
    /// Its font.
    pub font: Font,
    /// Whether it stands above the code.
    pub is_above: bool,
}

impl Caption {
    /// A caption of 8 % in a font of the system.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), size: 8.0, color: None, font: Font::default(), is_above: false }
    }

    /// The height of a character in percent of the code's width, 2 to 25.
    pub fn size(mut self, percent: f32) -> Self {
        self.size = percent;
        self
    }

    /// Its colour.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// Its font.
    pub fn font(mut self, font: Font) -> Self {
        self.font = font;
        self
    }

    /// Puts it above the code.
    pub fn above(mut self) -> Self {
        self.is_above = true;
        self
    }
}
