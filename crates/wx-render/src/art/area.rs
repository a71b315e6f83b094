/// A rectangle of the drawing, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    pub(crate) fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    pub(crate) fn square(x: f32, y: f32, side: f32) -> Self {
        Self::new(x, y, side, side)
    }

    /// What is left when so much is taken away on every side.
    pub(crate) fn shrink(self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, self.width - 2.0 * by, self.height - 2.0 * by)
    }

    pub(crate) fn moved(self, x: f32, y: f32) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    pub(crate) fn centre(self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The largest rectangle of that shape in the middle of this one.
    pub(crate) fn fit(self, width: f32, height: f32) -> Self {
        let scale = (self.width / width).min(self.height / height);
        let (width, height) = (width * scale, height * scale);
        let (x, y) = self.centre();
        Self::new(x - width / 2.0, y - height / 2.0, width, height)
    }
}
