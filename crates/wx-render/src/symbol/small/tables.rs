//! Worked out by the compiler from the rules of the standard.

#![expect(clippy::cast_possible_truncation, reason = "places, formats and factors fit by construction")]

use super::{Blocks, Grid, Lines, MAX_CODEWORDS, MAX_WIDTH, Version};

pub(super) static VERSIONS: [Version; 5] = [version(2), version(3), version(4), version(5), version(6)];

/// The most bytes in version 1, for the levels L, M, Q and H.
pub(super) const VERSION_1: [usize; 4] = [17, 14, 11, 7];

/// Bytes of error correction in a block, and blocks, for the levels L, M, Q and H.
const CORRECTION: [[(usize, usize); 4]; 5] = [
    [(10, 1), (16, 1), (22, 1), (28, 1)],
    [(15, 1), (26, 1), (18, 2), (22, 2)],
    [(20, 1), (18, 2), (26, 2), (16, 4)],
    [(26, 1), (24, 2), (18, 4), (22, 4)],
    [(18, 2), (16, 4), (24, 4), (28, 4)],
];

const fn version(number: usize) -> Version {
    let width = 17 + 4 * number;
    let (free, dark) = (free(width), dark(width));
    let (places, count) = places(width, &free);
    let codewords = count / 8;
    let mut blocks = [Blocks { data: 0, count: 0, correction: 0 }; 4];
    let mut level = 0;
    while level < 4 {
        let (correction, count) = CORRECTION[number - 2][level];
        blocks[level] = Blocks { data: codewords - correction * count, count, correction };
        level += 1;
    }
    Version { width, blocks, free, dark, places, codewords }
}

const fn free(width: usize) -> Lines {
    let all = (1 << width) - 1;
    let left = 0x1ff;
    let right = 0xff << (width - 8);
    let timing = 1 << 6;
    let mut lines = [0; MAX_WIDTH];
    let mut y = 0;
    while y < width {
        let taken = match y {
            6 => all,
            _ if y <= 8 => left | right,
            _ if y >= width - 8 => left,
            _ => timing,
        };
        lines[y] = all & !taken & !alignment(width, y, 0b11111);
        y += 1;
    }
    lines
}

const fn dark(width: usize) -> Lines {
    let timing = 0x0055_5555_5555_5555 & ((1 << width) - 1);
    let mut lines = [0; MAX_WIDTH];
    let mut y = 0;
    while y < width {
        let finder = finder(y) | finder(y.wrapping_sub(width - 7));
        let right = if y < 7 { finder << (width - 7) } else { 0 };
        let along = if y == 6 { timing & !0x7f } else { 0 };
        let across = if y % 2 == 0 { 1 << 6 } else { 0 };
        let aligned = match (y + 9).wrapping_sub(width) {
            0 | 4 => 0b11111,
            1 | 3 => 0b10001,
            _ => 0b10101,
        };
        lines[y] = finder | right | along | alignment(width, y, aligned);
        // A finder pattern has its own modules in this column, the separators beside it none.
        if y > 7 && y < width - 8 {
            lines[y] |= across;
        }
        y += 1;
    }
    lines
}

const fn finder(y: usize) -> u64 {
    match y {
        0 | 6 => 0b111_1111,
        1 | 5 => 0b100_0001,
        2..=4 => 0b101_1101,
        _ => 0,
    }
}

/// The line of the alignment pattern in row `y`, around (width - 7, width - 7).
const fn alignment(width: usize, y: usize, line: u64) -> u64 {
    if y >= width - 9 && y <= width - 5 { line << (width - 9) } else { 0 }
}

/// Pairs of columns from right to left, upwards and downwards in turns; also how many there are, with what is left
/// over at the end.
const fn places(width: usize, free: &Lines) -> ([u16; MAX_CODEWORDS * 8], usize) {
    let mut places = [0; MAX_CODEWORDS * 8];
    let mut count = 0;
    let mut pair = 0;
    while pair < width / 2 {
        // The timing pattern fills column 6.
        let right = if pair < (width - 7) / 2 { width - 1 - 2 * pair } else { width - 2 - 2 * pair };
        let mut step = 0;
        while step < 2 * width {
            let y = if pair % 2 == 0 { width - 1 - step / 2 } else { step / 2 };
            let x = right - step % 2;
            if free[y] >> x & 1 == 1 {
                if count < places.len() {
                    places[count] = (y * 64 + x) as u16;
                }
                count += 1;
            }
            step += 1;
        }
        pair += 1;
    }
    (places, count)
}

pub(super) static PATTERNS: [Grid; 8] = {
    let mut patterns = [Grid { rows: [0; MAX_WIDTH], columns: [0; MAX_WIDTH] }; 8];
    let mut index = 0;
    while index < 8 * MAX_WIDTH * MAX_WIDTH {
        let (mask, y, x) = (index % 8, index / 8 / MAX_WIDTH, index / 8 % MAX_WIDTH);
        if flips(mask, x, y) {
            patterns[mask].rows[y] |= 1 << x;
            patterns[mask].columns[x] |= 1 << y;
        }
        index += 1;
    }
    patterns
};

const fn flips(mask: usize, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }
}

/// For each level and mask: 5 bits, 10 bits of error correction, and a fixed pattern over all.
pub(super) static FORMATS: [[u16; 8]; 4] = {
    let mut formats = [[0; 8]; 4];
    let mut index = 0;
    while index < 32 {
        let (level, mask) = (index / 8, index % 8);
        let data = ([1, 0, 3, 2][level] << 3) | mask;
        let mut remainder = data;
        let mut step = 0;
        while step < 10 {
            remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
            step += 1;
        }
        formats[level][mask] = ((data << 10 | remainder) ^ 0x5412) as u16;
        index += 1;
    }
    formats
};

/// The generator polynomial times 0 to 15, and times 16 to 240 in steps of 16: 32 bytes each, highest power first.
type Products = [[(u128, u128); 16]; 2];

/// By half the degree: of the degrees that are used, no two have the same.
pub(super) static PRODUCTS: [Products; 15] = {
    let mut all = [[[(0, 0); 16]; 2]; 15];
    let degrees = [10, 15, 16, 18, 20, 22, 24, 26, 28];
    let mut index = 0;
    while index < degrees.len() {
        all[degrees[index] / 2] = products(degrees[index]);
        index += 1;
    }
    all
};

const fn products(degree: usize) -> Products {
    let generator = generator(degree);
    let mut products = [[(0, 0); 16]; 2];
    let mut factor = 0;
    while factor < 16 {
        products[0][factor] = times(&generator, degree, factor as u8);
        products[1][factor] = times(&generator, degree, (factor as u8) << 4);
        factor += 1;
    }
    products
}

const fn times(generator: &[u8; 32], degree: usize, factor: u8) -> (u128, u128) {
    let (mut high, mut low) = (0, 0);
    let mut index = 0;
    while index < degree {
        let product = multiply(generator[index], factor) as u128;
        if index < 16 {
            high |= product << (120 - 8 * index);
        } else {
            low |= product << (248 - 8 * index);
        }
        index += 1;
    }
    (high, low)
}

/// The product of all (x - 2^i), i below the degree, without its leading 1.
const fn generator(degree: usize) -> [u8; 32] {
    let mut coefficients = [0; 32];
    coefficients[degree - 1] = 1;
    let mut root = 1;
    let mut factors = 0;
    while factors < degree {
        let mut index = 0;
        while index < degree {
            let next = if index + 1 < degree { coefficients[index + 1] } else { 0 };
            coefficients[index] = multiply(coefficients[index], root) ^ next;
            index += 1;
        }
        root = multiply(root, 2);
        factors += 1;
    }
    coefficients
}

/// In the field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1.
const fn multiply(a: u8, b: u8) -> u8 {
    let mut product = 0;
    let mut bit = 8;
    while bit > 0 {
        bit -= 1;
        product = (product << 1) ^ ((product >> 7) * 0x1d);
        product ^= (b >> bit & 1) * a;
    }
    product
}
