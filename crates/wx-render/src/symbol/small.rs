//! Small symbols in byte mode, an order of magnitude faster than an encoder for everything.
//!
//! A line of modules is the bits of one word, so that masks and penalties are worked out for all modules of a line at
//! once. Versions 2 to 6 have one alignment pattern and no version information. The modules are the same
//! as those of other encoders; the mask is the one that the rules of the standard (ISO/IEC 18004, 7.8.3) prefer.

#![expect(clippy::cast_possible_truncation, reason = "lines have at most 41 modules and symbols 172 bytes")]

mod tables;
#[cfg(test)]
mod tests;

use crate::Level;
use tables::{FORMATS, PATTERNS, PRODUCTS, VERSION_1, VERSIONS};

/// The modules of a symbol of version 2 to 6.
pub(super) struct Small {
    pub(super) width: usize,
    /// From top to bottom; the lowest bit is the leftmost module, 1 is dark.
    pub(super) rows: Lines,
}

impl Small {
    /// `None` if a smaller or a larger version is the right one.
    pub(super) fn encode(bytes: &[u8], level: Level) -> Option<Self> {
        let drawing = Drawing::new(bytes, level)?;
        let width = drawing.version.width;
        Some(Self { width, rows: drawing.with_best_mask().rows })
    }
}

/// Of the widest version; the rest stays 0.
type Lines = [u64; MAX_WIDTH];
const MAX_WIDTH: usize = 41;

/// The modules row by row and, in `columns`, the same modules column by column.
#[derive(Clone, Copy)]
struct Grid {
    rows: Lines,
    columns: Lines,
}

/// A symbol without its mask.
struct Drawing {
    version: &'static Version,
    level: Level,
    data: Grid,
}

impl Drawing {
    fn new(bytes: &[u8], level: Level) -> Option<Self> {
        if bytes.len() <= VERSION_1[level as usize] {
            return None;
        }
        let (version, blocks) = VERSIONS
            .iter()
            .map(|version| (version, &version.blocks[level as usize]))
            .find(|(_, blocks)| bytes.len() + HEADER_BYTES <= blocks.data)?;
        let mut data = [0; MAX_CODEWORDS];
        write_data(bytes, &mut data[..blocks.data]);
        let mut codewords = [0; MAX_CODEWORDS];
        blocks.interleave(&data, &mut codewords);
        Some(Self { version, level, data: version.place(&codewords) })
    }

    /// The mask with the least penalty, the first of equals.
    fn with_best_mask(&self) -> Grid {
        let grids: [Grid; 8] = std::array::from_fn(|mask| self.with_mask(mask));
        let width = self.version.width;
        let mut penalties = grids.each_ref().map(|grid| penalty(grid, width));
        let mut is_whole = [false; 8];
        // Wide finder patterns are rare and take long to find. They only add to a penalty, so a mask that is the best
        // with its own stays the best whatever the others have.
        loop {
            let (mut best, mut least) = (0, u32::MAX);
            for (mask, penalty) in penalties.into_iter().enumerate() {
                if penalty < least {
                    (best, least) = (mask, penalty);
                }
            }
            if is_whole[best] {
                return grids[best];
            }
            is_whole[best] = true;
            penalties[best] += wide_finders(&grids[best], width);
        }
    }

    fn with_mask(&self, mask: usize) -> Grid {
        let Version { width, free, dark, .. } = self.version;
        let masked = |data: &Lines, pattern: &Lines| {
            let mut lines = [0; MAX_WIDTH];
            for (y, line) in lines.iter_mut().enumerate() {
                *line = data[y] ^ pattern[y] & free[y] | dark[y];
            }
            lines
        };
        let mut grid = Grid {
            rows: masked(&self.data.rows, &PATTERNS[mask].rows),
            columns: masked(&self.data.columns, &PATTERNS[mask].columns),
        };
        let (row, column) = format_lines(FORMATS[self.level as usize][mask], *width);
        draw_cross(&mut grid.rows, row, column);
        draw_cross(&mut grid.columns, column, row);
        grid
    }
}

/// The mode (4 bits), the length (8 bits) and the end mark (4 bits).
const HEADER_BYTES: usize = 2;
const MAX_CODEWORDS: usize = 172;

/// Fills `data` with mode, length, bytes, end mark and padding.
fn write_data(bytes: &[u8], data: &mut [u8]) {
    const BYTE_MODE: u8 = 0b0100;
    // The count fits a byte: no version here holds more than 134 bytes.
    let mut before = (BYTE_MODE << 4) | (bytes.len() >> 4) as u8;
    let mut nibble = (bytes.len() << 4) as u8;
    let (start, padding) = data.split_at_mut(bytes.len() + HEADER_BYTES);
    for (codeword, byte) in start.iter_mut().zip(bytes.iter().chain(&[0, 0])) {
        *codeword = before;
        before = nibble | byte >> 4;
        nibble = byte << 4;
    }
    for (codeword, pad) in padding.iter_mut().zip([0xec, 0x11].into_iter().cycle()) {
        *codeword = pad;
    }
}

/// How the codewords of a version and level are divided; the last `long` blocks have one byte of data more.
#[derive(Clone, Copy)]
struct Blocks {
    data: usize,
    count: usize,
    correction: usize,
}

impl Blocks {
    fn interleave(&self, data: &[u8; MAX_CODEWORDS], codewords: &mut [u8; MAX_CODEWORDS]) {
        let short = self.data / self.count;
        let first_long = self.count - self.data % self.count;
        let mut start = 0;
        for block in 0..self.count {
            let is_long = block >= first_long;
            let own = &data[start..start + short + usize::from(is_long)];
            start += own.len();
            for (index, byte) in own[..short].iter().enumerate() {
                codewords[index * self.count + block] = *byte;
            }
            if is_long {
                codewords[short * self.count + block - first_long] = own[short];
            }
            for (index, byte) in remainder(own, self.correction)[..self.correction].iter().enumerate() {
                codewords[self.data + index * self.count + block] = *byte;
            }
        }
    }
}

/// Reed and Solomon's error correction: the remainder of the data divided by the generator polynomial, highest power first.
fn remainder(data: &[u8], degree: usize) -> [u8; 32] {
    let products = &PRODUCTS[degree / 2];
    let (mut high, mut low) = (0_u128, 0_u128);
    for byte in data {
        let factor = usize::from(byte ^ (high >> 120) as u8);
        let (upper, lower) = (&products[1][factor >> 4], &products[0][factor & 15]);
        high = (high << 8 | low >> 120) ^ upper.0 ^ lower.0;
        low = (low << 8) ^ upper.1 ^ lower.1;
    }
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&high.to_be_bytes());
    bytes[16..].copy_from_slice(&low.to_be_bytes());
    bytes
}

/// Rules 1 to 4 of the standard; wide finder patterns are left to [`wide_finders`].
fn penalty(grid: &Grid, width: usize) -> u32 {
    let rows = &grid.rows[..width];
    lines_penalty(rows, width) + lines_penalty(&grid.columns[..width], width) + area_penalty(rows, width)
}

/// Rule 1, runs of at least five: 3 and one more for each further module. Rule 3, finder patterns with four light modules
/// on one side: 40 for each side. Beyond the edge all is light.
fn lines_penalty(lines: &[u64], width: usize) -> u32 {
    let fives = (1 << (width - 4)) - 1;
    let (mut runs, mut finders) = (0_u64, 0_u64);
    for line in lines {
        let same = !(line ^ line >> 1);
        let run = same & same >> 1 & same >> 2 & same >> 3 & fives;
        runs += u64::from(run.count_ones()) + 2 * u64::from((run & !(run << 1)).count_ones());
        let dark = line & line >> 2 & line >> 3 & line >> 4 & line >> 6;
        let finder = dark & !(line << 1 | line >> 1 | line >> 5 | line >> 7);
        let light_before = !(line << 2 | line << 3 | line << 4);
        let light_after = !(line >> 8 | line >> 9 | line >> 10);
        finders += u64::from((finder & light_before).count_ones());
        finders += u64::from((finder & light_after).count_ones());
    }
    (runs + 40 * finders) as u32
}

/// Rule 2, squares of 2 × 2: 3 each. Rule 4, the share of dark modules: 10 for every 5 % beyond 45 and 55 %.
fn area_penalty(rows: &[u64], width: usize) -> u32 {
    let pairs = (1 << (width - 1)) - 1;
    let mut squares = 0;
    for (upper, lower) in rows.iter().zip(&rows[1..]) {
        let square = !((upper ^ lower) | (upper ^ upper >> 1) | (lower ^ lower >> 1)) & pairs;
        squares += u64::from(square.count_ones());
    }
    let dark: u64 = rows.iter().map(|row| u64::from(row.count_ones())).sum();
    let all = (width * width) as u64;
    let steps = (dark * 20).abs_diff(all * 10).div_ceil(all).saturating_sub(1);
    (3 * squares + 10 * steps) as u32
}

/// Rule 3 for finder patterns of more than one pixel a module: 1:1:3:1:1 in runs of 2, 6, 2 and so on.
fn wide_finders(grid: &Grid, width: usize) -> u32 {
    let lines = grid.rows[..width].iter().chain(&grid.columns[..width]);
    lines.filter(|line| has_six_dark(**line)).map(|line| wide_finders_of(*line, width)).sum()
}

fn has_six_dark(line: u64) -> bool {
    let three = line & line >> 1 & line >> 2;
    three & three >> 3 != 0
}

fn wide_finders_of(line: u64, width: usize) -> u32 {
    let mut penalty = 0;
    // The last six runs, light and dark in turns.
    let mut runs = [0; 6];
    // With the light beyond both edges, and a last dark module that ends it.
    let mut rest = u128::from(line) << width | 1 << (3 * width);
    while rest != 0 {
        let light = rest.trailing_zeros();
        rest >>= light;
        let dark = rest.trailing_ones();
        rest >>= dark;
        let [before, core @ ..] = runs;
        penalty += wide_finder(before, core, light);
        runs = [core[1], core[2], core[3], core[4], light, dark];
    }
    penalty
}

fn wide_finder(before: u32, core: [u32; 5], after: u32) -> u32 {
    let unit = core[0];
    if unit < 2 || core != [unit, unit, 3 * unit, unit, unit] || before.min(after) < unit {
        return 0;
    }
    40 * (u32::from(before >= 4 * unit) + u32::from(after >= 4 * unit))
}

/// Row 8 and column 8: both copies of the format information, and the module that is always dark.
fn format_lines(format: u16, width: usize) -> (u64, u64) {
    let near = |bits: u64| bits & 0x3f | (bits >> 6 & 3) << 7;
    let (up, down) = (u64::from(format), u64::from(format.reverse_bits() >> 1));
    (near(down) | down >> 7 << (width - 8), near(up) | (up >> 8 << 1 | 1) << (width - 8))
}

/// Darkens along line 8, and across it in place 8 of every line.
fn draw_cross(lines: &mut Lines, along: u64, across: u64) {
    lines[8] |= along;
    let mut left = across;
    while left != 0 {
        lines[left.trailing_zeros() as usize] |= 1 << 8;
        left &= left - 1;
    }
}

/// What is the same in all symbols of a version.
struct Version {
    width: usize,
    /// For each level.
    blocks: [Blocks; 4],
    /// Where data is. This and `dark` read the same along rows and columns.
    free: Lines,
    /// Finder, timing and alignment patterns.
    dark: Lines,
    /// Where the bits of the codewords are, in their order: row × 64 + column.
    places: [u16; MAX_CODEWORDS * 8],
    codewords: usize,
}

impl Version {
    fn place(&self, codewords: &[u8; MAX_CODEWORDS]) -> Grid {
        let (mut rows, mut columns) = ([0; 64], [0; 64]);
        let places = self.places[..self.codewords * 8].as_chunks::<8>().0;
        for (codeword, places) in codewords.iter().zip(places) {
            for (index, place) in places.iter().enumerate() {
                let (y, x) = (usize::from(place >> 6 & 63), usize::from(place & 63));
                let bit = u64::from(codeword >> (7 - index) & 1);
                rows[y] |= bit << x;
                columns[x] |= bit << y;
            }
        }
        let mut grid = Grid { rows: [0; MAX_WIDTH], columns: [0; MAX_WIDTH] };
        grid.rows.copy_from_slice(&rows[..MAX_WIDTH]);
        grid.columns.copy_from_slice(&columns[..MAX_WIDTH]);
        grid
    }
}
