use super::{
    Caption, Color, Eyes, Frame, Logo, ModuleShape, Paint, Poster, parts::Correction, poster::millimetres,
    tile::whole,
};
use crate::{Level, Size, Style};

/// How a code looks; drawn by [`Style::draw`].
impl Style {
    /// Error correction; [`Level::M`] by default, raised by itself when a logo needs it.
    pub fn level(mut self, level: Level) -> Self {
        self.art.level = Correction::Exactly(level);
        self
    }

    /// Takes, where no level was said, the strongest that needs no larger symbol than [`Level::M`]: it costs nothing on
    /// paper, see [`Symbol::encode_at_least`](crate::Symbol::encode_at_least).
    pub fn raise_level(mut self) -> Self {
        if self.art.level == Correction::Default {
            self.art.level = Correction::AtLeast(Level::M);
        }
        self
    }

    /// Makes the picture so wide on paper, in millimetres, at that many pixels per inch (at least 1; 300 is usual). PNG and
    /// JPEG say it in their headers, SVG and PDF have the true size.
    pub fn millimetres(mut self, width: f32, dpi: u32) -> Self {
        let dpi = dpi.max(1);
        self.art.dpi = Some(dpi);
        self.size(Size::Picture(whole(millimetres(width, dpi))))
    }

    /// What the dark modules are painted with: a [`Color`] or a [`Paint`]; black by default.
    pub fn dark(mut self, paint: impl Into<Paint>) -> Self {
        self.art.dark = paint.into();
        self
    }

    /// The colour around them; white by default, `None` for transparent, which takes light paper for granted.
    pub fn light(mut self, color: impl Into<Option<Color>>) -> Self {
        self.art.light = color.into();
        self
    }

    /// The shape of the modules.
    pub fn modules(mut self, shape: ModuleShape) -> Self {
        self.art.modules = shape;
        self
    }

    /// The three large squares in the corners.
    pub fn eyes(mut self, eyes: Eyes) -> Self {
        self.art.eyes = eyes;
        self
    }

    /// Puts a picture in the middle, or takes it away.
    pub fn logo(mut self, logo: impl Into<Option<Logo>>) -> Self {
        self.art.logo = logo.into();
        self
    }

    /// Puts a frame around the code, or takes it away.
    pub fn frame(mut self, frame: impl Into<Option<Frame>>) -> Self {
        self.art.frame = frame.into();
        self
    }

    /// Puts a caption under the code, or takes it away.
    pub fn caption(mut self, caption: impl Into<Option<Caption>>) -> Self {
        self.art.caption = caption.into();
        self
    }

    /// Places the code on a poster, or takes it off.
    pub fn poster(mut self, poster: impl Into<Option<Poster>>) -> Self {
        self.art.poster = poster.into();
        self
    }
}
