/// How Deflate (RFC 1951, 3.2.5) writes a distance.
#[derive(Debug)]
pub(super) struct Distance {
    pub(super) symbol: usize,
    pub(super) extra: u32,
    pub(super) extra_bits: u32,
}

impl Distance {
    /// The length of a line: at most 32 KiB.
    pub(super) fn new(bytes: u16) -> Self {
        let more = u32::from(bytes) - 1;
        if more < 4 {
            return Self { symbol: more as usize, extra: 0, extra_bits: 0 };
        }
        let extra_bits = more.ilog2() - 1;
        let symbol = 2 * (extra_bits + 1) + (more >> extra_bits & 1);
        Self { symbol: symbol as usize, extra: more & ((1 << extra_bits) - 1), extra_bits }
    }
}
