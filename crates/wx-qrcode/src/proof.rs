use crate::{Error, Image, ImageFormat};
use std::io::Cursor;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{colorspace::ColorSpace, options::DecoderOptions},
};

/// The platform's pictures have 430 pixels a side; a header may promise any number.
const MOST_SIDE: usize = 4096;

impl Image {
    /// What the code in the picture says: its symbol is found and decoded. At most 4096 pixels a side are looked at.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`](crate::ErrorKind::Unreadable) if the file is damaged, larger, or shows no code.
    pub fn text(&self) -> Result<String, Error> {
        let grey = match self.format() {
            ImageFormat::Jpeg => jpeg(self.bytes()),
            ImageFormat::Png => png(self.bytes()),
        };
        let Grey { width, height, pixels } =
            grey.ok_or_else(|| Error::unreadable("it is damaged or too large"))?;
        let pixel = |x: usize, y: usize| pixels.get(y * width + x).copied().unwrap_or(u8::MAX);
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
        let mut texts = prepared.detect_grids().into_iter().filter_map(|grid| Some(grid.decode().ok()?.1));
        let text = texts.next();
        text.ok_or_else(|| Error::unreadable("no code can be read in it"))
    }

    /// Checks that the code in the picture says exactly this, the `url` that came with its ticket.
    ///
    /// # Errors
    ///
    /// As with [`text`](Self::text), and [`ErrorKind::OtherCode`](crate::ErrorKind::OtherCode) if it says something else.
    pub fn prove(&self, url: &str) -> Result<(), Error> {
        if self.text()? == url { Ok(()) } else { Err(Error::other_code()) }
    }
}

/// One byte a pixel, 255 is white.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

fn jpeg(bytes: &[u8]) -> Option<Grey> {
    let options = DecoderOptions::default()
        .set_max_width(MOST_SIDE)
        .set_max_height(MOST_SIDE)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    (pixels.len() == width * height).then_some(Grey { width, height, pixels })
}

fn png(bytes: &[u8]) -> Option<Grey> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    if width.max(height) > MOST_SIDE {
        return None;
    }
    let mut samples = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut samples).ok()?;
    let (line, step) = (frame.line_size, frame.color_type.samples());
    // The mean of the colours; what shines through is taken for opaque.
    let colours = if step < 3 { 1 } else { 3 };
    let grey = |sample: &[u8]| {
        let sum: usize = sample.iter().take(colours).map(|value| usize::from(*value)).sum();
        u8::try_from(sum / colours).unwrap_or(u8::MAX)
    };
    let lines = samples.chunks_exact(line).take(height);
    let pixels = lines.flat_map(|line| line.chunks_exact(step).take(width).map(grey)).collect::<Vec<_>>();
    (pixels.len() == width * height).then_some(Grey { width, height, pixels })
}
