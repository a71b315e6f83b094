use super::Grey;

/// A picture in dark and light, by the light around each pixel.
#[derive(Debug)]
pub(super) struct Binary {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

/// Half of what counts as around, as a part of the longer side.
const AROUND: usize = 16;
/// So much darker than around it a dark pixel is, in percent.
const DARKER: u64 = 5;

impl Binary {
    pub(super) fn of(grey: &Grey) -> Self {
        let (width, height) = (grey.width(), grey.height());
        let radius = (width.max(height) / AROUND).max(4);
        let mut dark = Vec::with_capacity(width * height);
        // The sum of the lines around, for each column; then of the columns around.
        let mut columns = vec![0u32; width];
        let row = |y: usize| &grey.pixels()[y * width..][..width];
        for y in 0..radius.min(height) {
            columns.iter_mut().zip(row(y)).for_each(|(sum, value)| *sum += u32::from(*value));
        }
        for y in 0..height {
            if y + radius < height {
                columns.iter_mut().zip(row(y + radius)).for_each(|(sum, value)| *sum += u32::from(*value));
            }
            if y > radius {
                columns
                    .iter_mut()
                    .zip(row(y - radius - 1))
                    .for_each(|(sum, value)| *sum -= u32::from(*value));
            }
            let lines = (y + radius).min(height - 1) - y.saturating_sub(radius) + 1;
            let mut sum: u64 = columns.iter().take(radius).map(|sum| u64::from(*sum)).sum();
            for (x, value) in row(y).iter().enumerate() {
                sum += columns.get(x + radius).map_or(0, |sum| u64::from(*sum));
                if x > radius {
                    sum -= u64::from(columns[x - radius - 1]);
                }
                let count = ((x + radius).min(width - 1) - x.saturating_sub(radius) + 1) * lines;
                dark.push(u64::from(*value) * count as u64 * 100 < sum * (100 - DARKER));
            }
        }
        Self { width, height, dark }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// Outside of the picture nothing is dark.
    pub(super) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.dark[y * self.width + x]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_is_what_is_darker_than_around() {
        // Light falls off from left to right; what is dark on the left is as light as paper on the right.
        let pixel = |x: usize, y: usize| {
            let paper = 250 - x;
            let ink = (x / 5 + y / 5).is_multiple_of(2);
            u8::try_from(if ink { paper / 2 } else { paper }).unwrap()
        };
        let pixels = (0..200 * 200).map(|at| pixel(at % 200, at / 200)).collect();
        let binary = Binary::of(&Grey::new(200, 200, pixels).unwrap());
        for (x, y) in (0..200).flat_map(|y| (0..200).map(move |x| (x, y))) {
            assert_eq!(binary.is_dark(x, y), (x / 5 + y / 5).is_multiple_of(2), "{x} {y}");
        }
    }

    #[test]
    fn pictures_of_any_shape() {
        for (width, height) in [(1, 1), (1, 50), (50, 1), (3, 1000), (1000, 3)] {
            let grey = Grey::new(width, height, vec![99; width * height]).unwrap();
            let binary = Binary::of(&grey);
            assert!(!(0..width * height).any(|at| binary.is_dark(at % width, at / width)));
        }
    }
}
