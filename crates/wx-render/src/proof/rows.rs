use super::Grey;

/// Takes a picture as it is decoded, line by line from above, one byte of grey a pixel.
pub(crate) trait Rows {
    /// Comes first, after the limits were held.
    fn size(&mut self, width: usize, height: usize);

    fn row(&mut self, row: &[u8]);

    /// All lines at once, where a decoder has them so.
    fn all(&mut self, pixels: Vec<u8>, width: usize) {
        pixels.chunks_exact(width.max(1)).for_each(|row| self.row(row));
    }
}

/// Keeps the size alone.
#[cfg(feature = "art")]
#[derive(Debug, Default)]
pub(crate) struct Dimensions {
    width: usize,
    height: usize,
    lines: usize,
}

#[cfg(feature = "art")]
impl Dimensions {
    /// Nothing if lines are missing.
    pub(crate) fn finish(self) -> Option<(usize, usize)> {
        (self.lines == self.height).then_some((self.width, self.height))
    }
}

#[cfg(feature = "art")]
impl Rows for Dimensions {
    fn size(&mut self, width: usize, height: usize) {
        (self.width, self.height) = (width, height);
    }

    fn row(&mut self, _: &[u8]) {
        self.lines += 1;
    }
}

/// Keeps the picture, made smaller as it comes: each pixel is the mean of those that it covers.
#[derive(Debug)]
pub(crate) struct Reduced {
    most: usize,
    /// Of the picture that comes.
    from: [usize; 2],
    /// Of the picture that is kept.
    to: [usize; 2],
    /// How many lines have come.
    lines: usize,
    /// Of the line that is being made: the sum of its pixels, and how many of them.
    sums: Vec<u32>,
    counts: Vec<u32>,
    pixels: Vec<u8>,
}

impl Reduced {
    /// To at most so many pixels a side; a smaller picture is kept as it is.
    pub(crate) fn to(most: usize) -> Self {
        let (sums, counts, pixels) = (Vec::new(), Vec::new(), Vec::new());
        Self { most, from: [0; 2], to: [0; 2], lines: 0, sums, counts, pixels }
    }

    /// Nothing if lines are missing.
    pub(crate) fn finish(self) -> Option<Grey> {
        Grey::new(self.to[0], self.to[1], self.pixels)
    }

    fn is_whole(&self) -> bool {
        self.from == self.to
    }

    fn end_line(&mut self) {
        let means = self.sums.iter().zip(&self.counts).map(|(sum, count)| sum / count.max(&1));
        self.pixels.extend(means.map(|mean| u8::try_from(mean).unwrap_or(255)));
        self.sums.fill(0);
        self.counts.fill(0);
    }
}

impl Rows for Reduced {
    fn size(&mut self, width: usize, height: usize) {
        let longest = width.max(height).max(1);
        let side = longest.min(self.most);
        self.from = [width, height];
        self.to =
            self.from.map(|length| if side == longest { length } else { (length * side / longest).max(1) });
        (self.sums, self.counts) = (vec![0; self.to[0]], vec![0; self.to[0]]);
    }

    fn row(&mut self, row: &[u8]) {
        if self.is_whole() {
            self.pixels.extend_from_slice(row);
            return;
        }
        let ([from_x, from_y], [to_x, to_y]) = (self.from, self.to);
        for (x, value) in row.iter().enumerate().take(from_x) {
            let at = x * to_x / from_x;
            self.sums[at] += u32::from(*value);
            self.counts[at] += 1;
        }
        let line = |number: usize| number * to_y / from_y;
        self.lines += 1;
        if line(self.lines) != line(self.lines - 1) {
            self.end_line();
        }
    }

    fn all(&mut self, pixels: Vec<u8>, width: usize) {
        if self.is_whole() {
            self.pixels = pixels;
        } else {
            pixels.chunks_exact(width.max(1)).for_each(|row| self.row(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reduced(width: usize, height: usize, most: usize, pixel: impl Fn(usize, usize) -> u8) -> Grey {
        let mut rows = Reduced::to(most);
        rows.size(width, height);
        (0..height).for_each(|y| rows.row(&(0..width).map(|x| pixel(x, y)).collect::<Vec<_>>()));
        rows.finish().unwrap()
    }

    #[test]
    fn each_pixel_is_the_mean_of_those_that_it_covers() {
        let grey = reduced(4, 2, 2, |x, y| [[10, 20, 30, 40], [50, 60, 70, 80]][y][x]);
        assert_eq!((grey.width(), grey.height(), grey.pixels()), (2, 1, &[35, 55][..]));
        let whole = reduced(4, 2, 4, |x, y| u8::try_from(x + 10 * y).unwrap());
        assert_eq!((whole.width(), whole.pixels()), (4, &[0, 1, 2, 3, 10, 11, 12, 13][..]));
    }

    #[test]
    fn a_picture_of_any_size_is_full() {
        for (width, height) in [(1, 1), (1, 999), (999, 1), (1000, 333), (777, 778), (5, 3)] {
            for most in [1, 2, 7, 100, 500] {
                let grey = reduced(width, height, most, |_, _| 200);
                assert!(
                    grey.width().max(grey.height()) <= most
                        && grey.pixels().iter().all(|value| *value == 200)
                );
            }
        }
    }

    #[test]
    fn missing_lines_are_seen() {
        let mut rows = Reduced::to(10);
        rows.size(20, 20);
        (0..19).for_each(|_| rows.row(&[0; 20]));
        assert_eq!(rows.finish(), None);
    }
}
