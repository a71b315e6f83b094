mod adler;
mod bits;
mod code_lengths;
mod distance;
mod huffman;
mod lines;
mod token;

use crate::{DrawError, Style, Symbol, layout::Layout};
use lines::Lines;

impl Symbol {
    /// Draws the symbol as a PNG file of one bit a pixel, black on white.
    ///
    /// # Errors
    ///
    /// [`DrawError`] if the size of the style is out of range.
    pub fn to_png(&self, style: &Style) -> Result<Vec<u8>, DrawError> {
        Ok(one_bit(self, Layout::new(self, style)?))
    }
}

/// A line of pixels is compressed together with its repetitions, so no picture is ever held whole.
fn one_bit(symbol: &Symbol, Layout { side, module, margin }: Layout) -> Vec<u8> {
    let [pixels, module, margin] = [side, module, margin].map(|pixels| pixels as usize);
    let inside = symbol.width() * module;
    // The filter (none), then packed pixels, the leftmost in the highest bit, 1 for white.
    let length = u16::try_from(1 + pixels.div_ceil(8)).expect("a side has at most MAX_SIDE pixels");
    let blank = [&[0][..], &vec![0xff; pixels.div_ceil(8)]].concat();
    let mut line = blank.clone();
    let mut lines = Lines::new(length, symbol.width());
    lines.push(&blank, margin);
    for y in 0..symbol.width() {
        line.copy_from_slice(&blank);
        for (x, length) in symbol.runs(y) {
            let start = margin + x * module;
            blacken(&mut line[1..], start, start + length * module);
        }
        lines.push(&line, module);
    }
    lines.push(&blank, pixels - margin - inside);
    file(side, lines)
}

fn blacken(line: &mut [u8], start: usize, end: usize) {
    let (first, last) = (start / 8, (end - 1) / 8);
    let head = 0xff >> (start % 8);
    let tail = 0xff << (7 - (end - 1) % 8);
    if first == last {
        line[first] &= !(head & tail);
    } else {
        line[first] &= !head;
        line[first + 1..last].fill(0);
        line[last] &= !tail;
    }
}

/// PNG specification, 5 and 11.
fn file(side: u32, lines: Lines) -> Vec<u8> {
    const GREY_OF_ONE_BIT: [u8; 5] = [1, 0, 0, 0, 0];
    let mut header = [0; 13];
    header[..4].copy_from_slice(&side.to_be_bytes());
    header[4..8].copy_from_slice(&side.to_be_bytes());
    header[8..].copy_from_slice(&GREY_OF_ONE_BIT);

    let mut file = Vec::with_capacity(lines.expected_bytes());
    file.extend(b"\x89PNG\r\n\x1a\n");
    chunk(&mut file, *b"IHDR", |file| file.extend(header));
    chunk(&mut file, *b"IDAT", |file| lines.write(file));
    chunk(&mut file, *b"IEND", |_| ());
    file
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], write: impl FnOnce(&mut Vec<u8>)) {
    let start = file.len();
    file.extend([0; 4]);
    file.extend(name);
    write(file);
    let length = u32::try_from(file.len() - start - 8).expect("a compressed picture is far below 4 GiB");
    file[start..start + 4].copy_from_slice(&length.to_be_bytes());
    let sum = crc32fast::hash(&file[start + 4..]);
    file.extend(sum.to_be_bytes());
}
