//! A grey picture, made from each kind of drawing by code of the test's own, and read by both decoders.

use rxing::{BinaryBitmap, DecodeHints, Luma8Source, Reader, common::HybridBinarizer, qrcode::QRCodeReader};

pub(crate) struct Canvas {
    side: usize,
    /// One byte a pixel, 255 is white.
    grey: Vec<u8>,
}

impl Canvas {
    fn white(side: usize) -> Self {
        Self { side, grey: vec![255; side * side] }
    }

    pub(crate) fn side(&self) -> usize {
        self.side
    }

    pub(crate) fn is_black(&self, x: usize, y: usize) -> bool {
        self.grey[y * self.side + x] == 0
    }

    pub(crate) fn from_png(file: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        assert_eq!(reader.info().bit_depth, png::BitDepth::One);
        let mut grey = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut grey).unwrap();
        assert_eq!((frame.width, frame.color_type), (frame.height, png::ColorType::Grayscale));
        Self { side: frame.width as usize, grey }
    }

    /// Reads the numbers of `viewBox`, `translate`, `scale`, and the runs of the second path; whatever else were
    /// in the document would fail.
    pub(crate) fn from_svg(document: &str) -> Self {
        let between = |from: &str, to: &str| {
            let (_, rest) = document.split_once(from).unwrap();
            rest.split_once(to).unwrap().0.to_owned()
        };
        let side: usize = between("viewBox=\"0 0 ", " ").parse().unwrap();
        let (left, top) = pair(&between("translate(", ")"), ' ');
        let scale: usize = between(")scale(", ")").parse().unwrap();
        let mut canvas = Self::white(side);
        let path = between("d=\"M0 0h", "</svg>");
        let path = path.split_once("d=\"").unwrap().1.strip_suffix("\"/>\n").unwrap();
        let mut corner = (0, 0);
        for run in path.split_inclusive(['M', 'm']).collect::<Vec<_>>().windows(2) {
            let (start, sides) = run[1].trim_end_matches(['M', 'm']).split_once('h').unwrap();
            let (length, back) = sides.split_once("v1h-").unwrap();
            assert_eq!(length, back);
            // A relative start counts from the lower left corner of the run before.
            corner = match start.strip_suffix("-1") {
                Some(right) if run[0].ends_with('m') => {
                    (corner.0 + right.parse::<usize>().unwrap(), corner.1)
                }
                _ => pair(start, ' '),
            };
            let length: usize = length.parse().unwrap();
            canvas.blacken(left + corner.0 * scale, top + corner.1 * scale, length * scale, scale);
        }
        canvas
    }

    pub(crate) fn from_ansi(text: &str) -> Self {
        let lines = text.lines().map(|line| {
            let line = line.strip_prefix("\x1b[38;5;16;48;5;231m").unwrap();
            line.strip_suffix("\x1b[0m").unwrap().chars().map(halves).collect()
        });
        Self::from_halves(&lines.collect::<Vec<_>>())
    }

    pub(crate) fn from_plain(text: &str) -> Self {
        let inverted = |c| halves(c).map(|ink| !ink);
        let lines = text.lines().map(|line| line.chars().map(inverted).collect());
        Self::from_halves(&lines.collect::<Vec<_>>())
    }

    /// A line holds pairs of modules, upper and lower; a module becomes 4 pixels.
    fn from_halves(lines: &[Vec<[bool; 2]>]) -> Self {
        let modules = lines[0].len();
        assert_eq!(lines.len(), modules.div_ceil(2));
        // An odd number of rows leaves a light half line below.
        let mut canvas = Self::white((modules + modules % 2) * 4);
        for (row, line) in lines.iter().enumerate() {
            assert_eq!(line.len(), modules);
            for (x, half) in line.iter().enumerate() {
                for y in (0..2).filter(|y| half[*y]) {
                    canvas.blacken(x * 4, (row * 2 + y) * 4, 4, 4);
                }
            }
        }
        canvas
    }

    fn blacken(&mut self, left: usize, top: usize, width: usize, height: usize) {
        for y in top..top + height {
            self.grey[y * self.side + left..][..width].fill(0);
        }
    }

    pub(crate) fn read_by_rxing(&self) -> Result<String, rxing::Exceptions> {
        let side = u32::try_from(self.side).unwrap();
        let source = Luma8Source::new(self.grey.clone(), side, side)?;
        let hints = DecodeHints {
            // Otherwise it guesses, and takes some short Chinese texts for Shift_JIS.
            CharacterSet: Some("UTF-8".to_owned()),
            // Its search for symbols in photos misses about one of a hundred clean drawings.
            PureBarcode: Some(true),
            ..DecodeHints::default()
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        Ok(QRCodeReader::new().decode_with_hints(&mut bitmap, &hints)?.getText().to_owned())
    }

    pub(crate) fn read_by_rqrr(&self) -> Option<String> {
        let grey = |x, y| self.grey[y * self.side + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.side, self.side, grey);
        let grids = image.detect_grids();
        Some(grids.first()?.decode().ok()?.1)
    }

    #[track_caller]
    pub(crate) fn assert_reads(&self, text: &str) {
        assert_eq!(self.read_by_rxing().as_deref().ok(), Some(text), "rxing");
        assert_eq!(self.read_by_rqrr().as_deref(), Some(text), "rqrr");
    }
}

fn halves(block: char) -> [bool; 2] {
    match block {
        ' ' => [false, false],
        '▀' => [true, false],
        '▄' => [false, true],
        '█' => [true, true],
        other => panic!("{other:?} is no half block"),
    }
}

fn pair(text: &str, between: char) -> (usize, usize) {
    let (left, right) = text.split_once(between).unwrap();
    (left.parse().unwrap(), right.parse().unwrap())
}
