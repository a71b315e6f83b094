/// A part of a path, ready to be copied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) bytes: [u8; 12],
    /// How many of the bytes count.
    pub(super) length: usize,
}

/// A symbol has at most 177 modules a side.
const COUNT: usize = 178;

/// `17`
pub(super) static NUMBERS: [Piece; COUNT] = pieces(b"", b"", false);
/// From the end of a rectangle to the start of one this much to the right: `m17-1`
pub(super) static MOVES: [Piece; COUNT] = pieces(b"m", b"-1", false);
/// A rectangle without its left side, which takes no drawing: `h17v1h-17`
pub(super) static RUNS: [Piece; COUNT] = pieces(b"h", b"v1h-", true);

/// For every number the text before, the number, the text behind, and the number again if it comes twice.
const fn pieces(before: &[u8], behind: &[u8], twice: bool) -> [Piece; COUNT] {
    let mut pieces = [Piece { bytes: [0; 12], length: 0 }; COUNT];
    let mut number = 0;
    while number < COUNT {
        let piece = Piece { bytes: [0; 12], length: 0 }.text(before).number(number).text(behind);
        pieces[number] = if twice { piece.number(number) } else { piece };
        number += 1;
    }
    pieces
}

impl Piece {
    const fn text(mut self, text: &[u8]) -> Self {
        let mut index = 0;
        while index < text.len() {
            self.bytes[self.length] = text[index];
            self.length += 1;
            index += 1;
        }
        self
    }

    const fn number(self, number: usize) -> Self {
        let before = if number < 10 { self } else { self.number(number / 10) };
        before.text(&[b"0123456789"[number % 10]])
    }
}
