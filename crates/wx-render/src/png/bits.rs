/// Appends bits to a file, the lowest first, as Deflate (RFC 1951) wants them.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    file: &'a mut Vec<u8>,
    waiting: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(file: &'a mut Vec<u8>) -> Self {
        Self { file, waiting: 0, count: 0 }
    }

    /// At most 32 bits, the others of `bits` being 0.
    pub(super) fn push(&mut self, bits: u32, count: u32) {
        self.waiting |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.file.extend(&self.waiting.to_le_bytes()[..4]);
            self.waiting >>= 32;
            self.count -= 32;
        }
    }

    /// Fills the last byte with 0.
    pub(super) fn finish(self) {
        let bytes = self.count.div_ceil(8) as usize;
        self.file.extend(&self.waiting.to_le_bytes()[..bytes]);
    }
}
