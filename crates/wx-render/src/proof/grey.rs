/// A picture in shades of grey, one byte a pixel, 255 is white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    /// Nothing if the pixels do not fill the picture, or it has none.
    pub(crate) fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        let is_full = width.checked_mul(height) == Some(pixels.len()) && !pixels.is_empty();
        is_full.then_some(Self { width, height, pixels })
    }

    /// The brightness of a colour (Rec. 601, as in JPEG).
    pub(crate) fn luma(red: u8, green: u8, blue: u8) -> u8 {
        let [red, green, blue] = [red, green, blue].map(u32::from);
        u8::try_from((299 * red + 587 * green + 114 * blue + 500) / 1000).unwrap_or(255)
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }

    /// The part of it that lies in the rectangle.
    #[cfg(feature = "art")]
    pub(crate) fn crop(&self, x: usize, y: usize, width: usize, height: usize) -> Option<Self> {
        let right = x.saturating_add(width).min(self.width);
        let bottom = y.saturating_add(height).min(self.height);
        let row = |row: usize| &self.pixels[row * self.width..][x..right];
        let pixels = (y..bottom).filter(|_| x < right).flat_map(|y| row(y).iter().copied()).collect();
        Self::new(right.checked_sub(x)?, bottom.checked_sub(y)?, pixels)
    }

    /// In another size: smaller, each pixel the mean of what it covers; larger, with soft steps.
    pub(crate) fn scaled(&self, width: usize, height: usize) -> Option<Self> {
        if width == self.width && height == self.height {
            return Some(self.clone());
        }
        let is_larger = width > self.width || height > self.height;
        let value = |x, y| {
            if is_larger { self.larger(x, y, width, height) } else { self.mean(x, y, width, height) }
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| value(x, y));
        Self::new(width, height, pixels.collect())
    }

    #[expect(clippy::cast_precision_loss, reason = "sides of a picture")]
    fn larger(&self, x: usize, y: usize, width: usize, height: usize) -> u8 {
        let place = |at: usize, from: usize, to: usize| (at as f32 + 0.5) * from as f32 / to as f32 - 0.5;
        self.between(place(x, self.width, width), place(y, self.height, height))
    }

    fn mean(&self, x: usize, y: usize, width: usize, height: usize) -> u8 {
        let part = |at: usize, from: usize, to: usize| {
            at * from / to..((at + 1) * from / to).max(at * from / to + 1)
        };
        let (columns, rows) = (part(x, self.width, width), part(y, self.height, height));
        let count = columns.len() * rows.len();
        let cells = rows.flat_map(|y| &self.pixels[y * self.width..][columns.clone()]);
        let sum: usize = cells.map(|value| usize::from(*value)).sum();
        u8::try_from(sum / count.max(1)).unwrap_or(255)
    }

    /// At a place between four pixels, by how near they are; beyond the edge it goes on as at the edge.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "saturates"
    )]
    pub(crate) fn between(&self, x: f32, y: f32) -> u8 {
        let place = |at: f32, length: usize| {
            let at = at.clamp(0.0, (length - 1) as f32);
            (at as usize, (at as usize + 1).min(length - 1), at.fract())
        };
        let ((left, right, dx), (top, bottom, dy)) = (place(x, self.width), place(y, self.height));
        let row = |y: usize| f32::from(self.at(left, y)) * (1.0 - dx) + f32::from(self.at(right, y)) * dx;
        (row(top) * (1.0 - dy) + row(bottom) * dy + 0.5) as u8
    }

    /// Turned by a quarter.
    #[cfg(feature = "art")]
    pub(crate) fn turned(&self) -> Self {
        let columns = (0..self.width).flat_map(|x| (0..self.height).rev().map(move |y| (x, y)));
        let pixels = columns.map(|(x, y)| self.at(x, y)).collect();
        Self { width: self.height, height: self.width, pixels }
    }

    /// Dark and light changed over.
    pub(crate) fn inverted(&self) -> Self {
        let pixels = self.pixels.iter().map(|value| 255 - value).collect();
        Self { pixels, ..*self }
    }
}
