use crate::{DrawError, Style, Symbol, layout::Layout};
use png::{BitDepth, ColorType, Encoder, Filter};

impl Symbol {
    /// Draws the symbol as a PNG file of one bit a pixel, black on white.
    ///
    /// # Errors
    ///
    /// [`DrawError`] if the size of the style is out of range.
    pub fn to_png(&self, style: &Style) -> Result<Vec<u8>, DrawError> {
        let layout = Layout::new(self, style)?;
        Ok(file(layout.side, &pixels(self, layout)))
    }
}

fn file(side: u32, pixels: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    // Rows repeat as they are, so a filter only costs time.
    encoder.set_filter(Filter::NoFilter);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(pixels))
        .expect("the size is not zero, the pixels fill it, and a Vec takes all bytes");
    file
}

/// Rows of packed pixels, the leftmost in the highest bit, 1 for white.
fn pixels(symbol: &Symbol, Layout { side, module, margin }: Layout) -> Vec<u8> {
    let [side, module, margin] = [side, module, margin].map(|pixels| pixels as usize);
    let stride = side.div_ceil(8);
    let mut pixels = vec![0xff; stride * side];
    for y in 0..symbol.width() {
        let first = (margin + y * module) * stride;
        let line = &mut pixels[first..first + stride];
        for (x, length) in symbol.runs(y) {
            let start = margin + x * module;
            for pixel in start..start + length * module {
                line[pixel / 8] &= !(0x80 >> (pixel % 8));
            }
        }
        for copy in 1..module {
            pixels.copy_within(first..first + stride, first + copy * stride);
        }
    }
    pixels
}
