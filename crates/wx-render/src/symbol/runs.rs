/// The runs of dark modules in a row: column and length of each.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'a> {
    row: &'a [u64],
    x: usize,
}

impl<'a> Runs<'a> {
    /// The last bit of the row is light: the width of a symbol is no multiple of 64.
    pub(super) fn new(row: &'a [u64]) -> Self {
        Self { row, x: 0 }
    }

    /// The next module from `x` on whose bit is 1 in its word xor `flip`.
    fn next_from(&self, x: usize, flip: u64) -> Option<usize> {
        let first = self.row.get(x / 64)? ^ flip;
        let rest = first >> (x % 64);
        if rest != 0 {
            return Some(x + rest.trailing_zeros() as usize);
        }
        let index = (x / 64 + 1..self.row.len()).find(|index| self.row[*index] ^ flip != 0)?;
        Some(index * 64 + (self.row[index] ^ flip).trailing_zeros() as usize)
    }
}

impl Iterator for Runs<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let start = self.next_from(self.x, 0)?;
        self.x = self.next_from(start, u64::MAX)?;
        Some((start, self.x - start))
    }
}
