/// The checksum of a zlib stream (RFC 1950), which also takes many equal lines at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Adler {
    sum: u64,
    sum_of_sums: u64,
}

const MODULUS: u64 = 65_521;

impl Adler {
    pub(super) fn new() -> Self {
        Self { sum: 1, sum_of_sums: 0 }
    }

    /// Adds `times` copies of a line. Nothing overflows for lines of up to 2^12 bytes, 2^15 times.
    pub(super) fn push(&mut self, line: &[u8], times: usize) {
        let (length, times) = (line.len() as u64, times as u64);
        let (mut sum, mut weighted) = (0, 0);
        for (byte, weight) in line.iter().rev().zip(1_u32..) {
            sum += u32::from(*byte);
            weighted += u32::from(*byte) * weight;
        }
        let (sum, weighted) = (u64::from(sum), u64::from(weighted));
        let earlier = times * times.saturating_sub(1) / 2;
        self.sum_of_sums += times * (length * self.sum + weighted) + earlier * length * sum;
        self.sum += times * sum;
        self.sum %= MODULUS;
        self.sum_of_sums %= MODULUS;
    }

    pub(super) fn to_bytes(self) -> [u8; 4] {
        let [.., a, b, c, d] = (self.sum_of_sums << 16 | self.sum).to_be_bytes();
        [a, b, c, d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slowly(bytes: impl Iterator<Item = u8>) -> [u8; 4] {
        let (mut a, mut b) = (1_u32, 0_u32);
        for byte in bytes {
            a = (a + u32::from(byte)) % 65_521;
            b = (b + a) % 65_521;
        }
        (b << 16 | a).to_be_bytes()
    }

    #[test]
    fn copies_count_as_if_they_were_written_out() {
        let lines: [(Vec<u8>, usize); 5] = [
            (b"Wikipedia".to_vec(), 1),
            (vec![0xff; 55], 10),
            ((0..=255).collect(), 0),
            ((0..=255).collect(), 3),
            (vec![0xff; 2049], 16_384),
        ];
        let mut adler = Adler::new();
        adler.push(&lines[0].0, 1);
        assert_eq!(adler.to_bytes(), [0x11, 0xe6, 0x03, 0x98]);
        for (line, times) in &lines[1..] {
            adler.push(line, *times);
        }
        let all =
            lines.iter().flat_map(|(line, times)| line.iter().copied().cycle().take(line.len() * times));
        assert_eq!(adler.to_bytes(), slowly(all));
    }
}
