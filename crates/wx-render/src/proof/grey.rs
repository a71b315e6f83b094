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
            if is_larger { self.between(x, y, width, height) } else { self.mean(x, y, width, height) }
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| value(x, y));
        Self::new(width, height, pixels.collect())
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

    /// Between the four pixels around it, by how near they are (in 256ths).
    fn between(&self, x: usize, y: usize, width: usize, height: usize) -> u8 {
        let place = |at: usize, from: usize, to: usize| {
            let at = ((2 * at + 1) * from * 128 / to).saturating_sub(128);
            (at / 256, (at / 256 + 1).min(from - 1), at % 256)
        };
        let (left, right, dx) = place(x, self.width, width);
        let (top, bottom, dy) = place(y, self.height, height);
        let row = |y: usize| usize::from(self.at(left, y)) * (256 - dx) + usize::from(self.at(right, y)) * dx;
        u8::try_from((row(top) * (256 - dy) + row(bottom) * dy) >> 16).unwrap_or(255)
    }

    /// Turned by a quarter.
    #[cfg(feature = "art")]
    pub(crate) fn turned(&self) -> Self {
        let columns = (0..self.width).flat_map(|x| (0..self.height).rev().map(move |y| (x, y)));
        let pixels = columns.map(|(x, y)| self.at(x, y)).collect();
        Self { width: self.height, height: self.width, pixels }
    }

    /// The same with a white rectangle.
    pub(crate) fn blanked(mut self, x: usize, y: usize, width: usize, height: usize) -> Self {
        let (right, bottom) =
            (x.saturating_add(width).min(self.width), y.saturating_add(height).min(self.height));
        for y in y..bottom {
            if x < right {
                self.pixels[y * self.width..][x..right].fill(255);
            }
        }
        self
    }

    /// Dark and light changed over.
    pub(crate) fn inverted(&self) -> Self {
        let pixels = self.pixels.iter().map(|value| 255 - value).collect();
        Self { pixels, ..*self }
    }
}
