use super::{
    adler::Adler,
    bits::Bits,
    code_lengths::{SYMBOLS, write_codes},
    distance::Distance,
    huffman::Huffman,
    token::{Back, MAX_LENGTH, MIN_LENGTH, Token},
};

/// Lines of a picture of which each repeats many times, as a zlib stream (RFC 1950, RFC 1951) of one block.
///
/// Bytes are looked for in two places only: one byte before and one line before. That finds nearly everything that a
/// search would find in such a picture, and takes no time.
#[derive(Debug)]
pub(super) struct Lines {
    tokens: Vec<Token>,
    /// Of a line.
    length: u16,
    previous: Vec<u8>,
    /// What comes again and is not among the tokens yet: how many bytes, and from where.
    pending: (usize, Back),
    adler: Adler,
}

impl Lines {
    /// `length` is that of a line, at least [`MIN_LENGTH`], `different` about how many different ones come.
    pub(super) fn new(length: u16, different: usize) -> Self {
        Self {
            tokens: Vec::with_capacity(different * 32),
            length,
            previous: Vec::with_capacity(length.into()),
            pending: (0, Back::Nowhere),
            adler: Adler::new(),
        }
    }

    /// Adds a line `times` times.
    pub(super) fn push(&mut self, line: &[u8], times: usize) {
        if times == 0 {
            return;
        }
        self.adler.push(line, times);
        self.push_once(line);
        self.push_again(line.len() * (times - 1), Back::Line);
        self.previous.clear();
        self.previous.extend(line);
    }

    fn push_once(&mut self, line: &[u8]) {
        let mut start = 0;
        while start < line.len() {
            let above = common(&line[start..], self.previous.get(start..).unwrap_or_default());
            let run = if start == 0 { 0 } else { common(&line[start..], &line[start - 1..]) };
            let (length, back) = if above >= run { (above, Back::Line) } else { (run, Back::Byte) };
            // Fewer bytes still make the repetition longer that has just ended with a line.
            let goes_on = start == 0 && length > 0 && self.pending.1 == back;
            if length >= MIN_LENGTH || goes_on {
                self.push_again(length, back);
                start += length;
            } else {
                self.flush();
                self.tokens.push(Token::byte(line[start]));
                start += 1;
            }
        }
    }

    fn push_again(&mut self, length: usize, back: Back) {
        if length == 0 {
            return;
        }
        if self.pending.1 != back {
            self.flush();
            self.pending.1 = back;
        }
        self.pending.0 += length;
    }

    fn flush(&mut self) {
        let (mut left, back) = self.pending;
        while left > 0 {
            // What stays must not be too short to be written.
            let length = if left > MAX_LENGTH { MAX_LENGTH.min(left - MIN_LENGTH) } else { left };
            self.tokens.push(Token::again(length, back));
            left -= length;
        }
        self.pending = (0, Back::Nowhere);
    }
}

/// The block: which codes it uses, then the tokens.
impl Lines {
    /// More than most pictures need.
    pub(super) fn expected_bytes(&self) -> usize {
        256 + self.tokens.len()
    }

    pub(super) fn write(mut self, file: &mut Vec<u8>) {
        self.flush();
        self.tokens.push(Token::END);
        // Deflate with a window of 32 KiB, made fast.
        file.extend([0x78, 0x01]);
        let mut bits = Bits::new(file);
        let mut counts = [0; SYMBOLS];
        for token in &self.tokens {
            counts[usize::from(token.symbol)] += 1;
        }
        let code = Huffman::new(&counts, 15);
        let line = Distance::new(self.length);
        write_codes(&mut bits, &code.lengths, line.symbol);
        // The code of the nearer distance is 0, of the farther one 1.
        let backs = [(0, 0), (0, 1), (1 | line.extra << 1, 1 + line.extra_bits)];
        for token in &self.tokens {
            let symbol = usize::from(token.symbol);
            let (back, back_bits) = backs[token.back as usize];
            let length = u32::from(code.lengths[symbol]);
            let all_but_back = length + u32::from(token.extra_bits);
            let extra = u32::from(token.extra) << length;
            bits.push(u32::from(code.codes[symbol]) | extra | back << all_but_back, all_but_back + back_bits);
        }
        bits.finish();
        file.extend(self.adler.to_bytes());
    }
}

/// How many bytes at the start are the same.
fn common(a: &[u8], b: &[u8]) -> usize {
    let mut count = 0;
    for (a, b) in a.as_chunks().0.iter().zip(b.as_chunks().0) {
        let differences = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differences != 0 {
            return count + differences.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    count + a[count..].iter().zip(&b[count..]).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Read;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// Checksum included: the decoder refuses a wrong one.
        #[test]
        fn another_library_reads_every_byte(
            length in 4..300_u16,
            seeds in prop::collection::vec((any::<u32>(), 1..40_u32, 0..60_usize), 1..12),
        ) {
            let line = |seed: u32, run: u32| -> Vec<u8> {
                // Runs of one of four bytes, or of any.
                let byte = |at: u32| seed.wrapping_mul(at / run + 1).rotate_left(at / run).to_le_bytes()[0];
                (0..length.into()).map(|at| if run < 4 { byte(at) } else { byte(at) & 0x11 }).collect()
            };
            let mut lines = Lines::new(length, seeds.len());
            let mut expected = Vec::new();
            for (seed, run, times) in seeds {
                let line = line(seed, run);
                lines.push(&line, times);
                expected.extend(line.iter().cycle().take(line.len() * times));
            }
            prop_assume!(!expected.is_empty());
            let (mut file, mut read) = (Vec::new(), Vec::new());
            lines.write(&mut file);
            flate2::read::ZlibDecoder::new(file.as_slice()).read_to_end(&mut read).unwrap();
            prop_assert!(read == expected);
        }
    }

    #[test]
    fn nothing_but_one_line_is_a_stream_too() {
        let mut lines = Lines::new(4, 1);
        lines.push(&[7; 4], 1);
        let (mut file, mut read) = (Vec::new(), Vec::new());
        lines.write(&mut file);
        flate2::read::ZlibDecoder::new(file.as_slice()).read_to_end(&mut read).unwrap();
        assert_eq!(read, [7; 4]);
    }
}
