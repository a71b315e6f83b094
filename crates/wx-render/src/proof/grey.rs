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

    /// Smaller, each pixel the mean of what it covers.
    pub(crate) fn scaled(&self, width: usize, height: usize) -> Option<Self> {
        let (width, height) = (width.clamp(1, self.width), height.clamp(1, self.height));
        let part = |at: usize, from: usize, to: usize| at * from / to..((at + 1) * from / to).max(at * from / to + 1);
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = part(y, self.height, height);
            for x in 0..width {
                let columns = part(x, self.width, width);
                let cells = || rows.clone().flat_map(|y| &self.pixels[y * self.width..][columns.clone()]);
                let sum: usize = cells().map(|value| usize::from(*value)).sum();
                let count = (rows.len() * columns.len()).max(1);
                pixels.push(u8::try_from(sum / count).unwrap_or(255));
            }
        }
        Self::new(width, height, pixels)
    }

    /// Dark and light changed over.
    pub(crate) fn inverted(&self) -> Self {
        let pixels = self.pixels.iter().map(|value| 255 - value).collect();
        Self { pixels, ..*self }
    }
}
