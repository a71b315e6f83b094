#[cfg(feature = "zbar")]
use std::{fs, path::Path};

/// A picture as a reader sees it: one byte a pixel, 255 is white.
#[derive(Debug, Clone)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Grey {
    pub(crate) fn from_png(file: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let channels = frame.color_type.samples();
        let luma = |pixel: &[u8]| match *pixel {
            [grey] => grey,
            [red, green, blue] => luma(red, green, blue),
            // Round corners are transparent; they lie on white paper.
            [red, green, blue, alpha] => {
                let dark = u32::from(255 - luma(red, green, blue)) * u32::from(alpha) / 255;
                u8::try_from(255 - dark).unwrap()
            }
            _ => panic!("{:?}", frame.color_type),
        };
        let pixels = pixels.chunks_exact(channels).map(luma).collect();
        Self { width: frame.width as usize, height: frame.height as usize, pixels }
    }

    /// As from another distance: so many eighths of its size, each pixel between the four around it.
    pub(crate) fn at_distance(&self, eighths: usize) -> Self {
        if eighths == 8 {
            return self.clone();
        }
        let [width, height] = [self.width, self.height].map(|side| side * eighths / 8);
        // In 256ths of a pixel, from middle to middle.
        let place = |at: usize, side: usize| {
            let at = ((2 * at + 1) * 8 * 128 / eighths).saturating_sub(128);
            (at / 256, (at / 256 + 1).min(side - 1), at % 256)
        };
        let value = |x: usize, y: usize| {
            let ((left, right, dx), (top, bottom, dy)) = (place(x, self.width), place(y, self.height));
            let at = |x: usize, y: usize| usize::from(self.pixels[y * self.width + x]);
            let row = |y: usize| at(left, y) * (256 - dx) + at(right, y) * dx;
            u8::try_from((row(top) * (256 - dy) + row(bottom) * dy) >> 16).unwrap()
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| value(x, y));
        let pixels = pixels.collect();
        Self { width, height, pixels }
    }

    /// By so many quarters.
    pub(crate) fn turned(self, quarters: usize) -> Self {
        (0..quarters).fold(self, |Self { width, height, pixels }, _| {
            let column = |x: usize| pixels.iter().skip(x).step_by(width).rev().copied();
            Self { width: height, height: width, pixels: (0..width).flat_map(column).collect() }
        })
    }

    /// Writes it for a reader that takes files.
    #[cfg(feature = "zbar")]
    pub(crate) fn write(&self, file: &Path) {
        let head = format!("P5\n{} {}\n255\n", self.width, self.height);
        fs::write(file, [head.as_bytes(), &self.pixels].concat()).unwrap();
    }
}

fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let [red, green, blue] = [red, green, blue].map(u32::from);
    u8::try_from((299 * red + 587 * green + 114 * blue) / 1000).unwrap()
}
