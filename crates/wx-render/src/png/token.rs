/// What Deflate (RFC 1951, 3.2.5) writes: a byte, or that bytes from before come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// In the alphabet of bytes and lengths.
    pub(super) symbol: u16,
    pub(super) extra: u8,
    pub(super) extra_bits: u8,
    pub(super) back: Back,
}

/// How far back the bytes are that come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    /// They do not.
    Nowhere,
    /// One byte: it is repeated.
    Byte,
    /// One line of the picture.
    Line,
}

impl Token {
    pub(super) const END: Self = Self { symbol: 256, extra: 0, extra_bits: 0, back: Back::Nowhere };

    pub(super) fn byte(byte: u8) -> Self {
        Self { symbol: byte.into(), extra: 0, extra_bits: 0, back: Back::Nowhere }
    }

    /// `length` is [`MIN_LENGTH`] to [`MAX_LENGTH`].
    #[expect(clippy::cast_possible_truncation, reason = "lengths fit nine bits, what is extra in five")]
    pub(super) const fn again(length: usize, back: Back) -> Self {
        let more = (length - MIN_LENGTH) as u16;
        let (symbol, extra_bits) = match more {
            0..4 => (257 + more, 0),
            255 => (285, 0),
            _ => {
                let bits = more.ilog2() as u16;
                (257 + 4 * (bits - 1) + (more >> (bits - 2) & 3), bits as u8 - 2)
            }
        };
        Self { symbol, extra: (more & ((1 << extra_bits) - 1)) as u8, extra_bits, back }
    }
}

pub(super) const MIN_LENGTH: usize = 3;
pub(super) const MAX_LENGTH: usize = 258;
