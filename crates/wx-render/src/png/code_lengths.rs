use super::{bits::Bits, huffman::Huffman};

/// The lengths of all codes (RFC 1951, 3.2.7). Two distances occur: a byte, which is symbol 0, and a line.
#[expect(clippy::cast_possible_truncation, reason = "there are at most 316 codes")]
pub(super) fn write_codes(bits: &mut Bits<'_>, lengths: &[u8; SYMBOLS], line: usize) {
    let used = lengths.iter().rposition(|length| *length > 0).map_or(0, |last| last + 1);
    let mut all = [0; SYMBOLS + 30];
    all[..used].copy_from_slice(&lengths[..used]);
    all[used] = 1;
    all[used + line] = 1;
    let steps = || Steps { lengths: &all[..=used + line] };

    let mut counts = [0; 19];
    steps().for_each(|step| counts[step.symbol] += 1);
    let code = Huffman::new(&counts, 7);
    let last = ORDER.iter().rposition(|symbol| code.lengths[*symbol] > 0).unwrap_or_default();

    bits.push(LAST_BLOCK_WITH_OWN_CODES, 3);
    bits.push(used as u32 - 257, 5);
    bits.push(line as u32, 5);
    bits.push(last as u32 - 3, 4);
    for symbol in &ORDER[..=last] {
        bits.push(code.lengths[*symbol].into(), 3);
    }
    for step in steps() {
        bits.push(code.codes[step.symbol].into(), code.lengths[step.symbol].into());
        bits.push(step.extra, step.extra_bits);
    }
}

/// Bytes, the end, and lengths.
pub(super) const SYMBOLS: usize = 286;

const LAST_BLOCK_WITH_OWN_CODES: u32 = 0b101;

/// In which the lengths of the codes for lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Lengths with runs of 0 taken together.
#[derive(Clone)]
struct Steps<'a> {
    lengths: &'a [u8],
}

struct Step {
    symbol: usize,
    extra: u32,
    extra_bits: u32,
}

impl Iterator for Steps<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let mut zeros = 0;
        while zeros < 138 && self.lengths.get(zeros as usize) == Some(&0) {
            zeros += 1;
        }
        let step = match zeros {
            0..3 => Step { symbol: usize::from(*self.lengths.first()?), extra: 0, extra_bits: 0 },
            3..11 => Step { symbol: 17, extra: zeros - 3, extra_bits: 3 },
            _ => Step { symbol: 18, extra: zeros - 11, extra_bits: 7 },
        };
        let taken = if zeros < 3 { 1 } else { zeros };
        self.lengths = &self.lengths[taken as usize..];
        Some(step)
    }
}
