/// A code for `N` symbols, the shorter the more often a symbol occurs (RFC 1951, 3.2.2).
#[derive(Debug)]
pub(super) struct Huffman<const N: usize> {
    /// In bits; 0 if the symbol does not occur.
    pub(super) lengths: [u8; N],
    /// Ready to be written, the first bit lowest.
    pub(super) codes: [u16; N],
}

const MAX_SYMBOLS: usize = 288;

impl<const N: usize> Huffman<N> {
    /// No code is longer than `most` bits. At least two symbols must occur, of at most [`MAX_SYMBOLS`].
    pub(super) fn new(counts: &[u32; N], most: u8) -> Self {
        let mut counts = *counts;
        let mut lengths = lengths(&counts);
        // Counts that are closer together make a flatter tree; in the end all are 1.
        while lengths.iter().any(|length| *length > most) {
            for count in counts.iter_mut().filter(|count| **count > 0) {
                *count = count.div_ceil(2);
            }
            lengths = self::lengths(&counts);
        }
        Self { lengths, codes: codes(&lengths) }
    }
}

/// The depths of the leaves of Huffman's tree.
fn lengths<const N: usize>(counts: &[u32; N]) -> [u8; N] {
    let mut leaves = [(0, 0); MAX_SYMBOLS];
    let mut count = 0;
    for (symbol, times) in counts.iter().enumerate().filter(|(_, times)| **times > 0) {
        leaves[count] = (*times, symbol);
        count += 1;
    }
    let leaves = &mut leaves[..count];
    leaves.sort_unstable();

    // Leaves, then joints. Joints come about in the order of their counts, so that the smallest nodes without a parent
    // are always at the fronts of two queues.
    let mut counts = [0; 2 * MAX_SYMBOLS];
    for (node, leaf) in counts.iter_mut().zip(&*leaves) {
        *node = leaf.0;
    }
    let mut parents = [0; 2 * MAX_SYMBOLS];
    let (mut leaf, mut joint) = (0, count);
    let root = 2 * count - 2;
    for parent in count..=root {
        for _ in 0..2 {
            let is_leaf = leaf < count && (joint == parent || counts[leaf] <= counts[joint]);
            let node = if is_leaf { &mut leaf } else { &mut joint };
            parents[*node] = parent;
            counts[parent] += counts[*node];
            *node += 1;
        }
    }

    let mut depths = [0; 2 * MAX_SYMBOLS];
    for node in (0..root).rev() {
        depths[node] = depths[parents[node]] + 1;
    }
    let mut lengths = [0; N];
    for (depth, (_, symbol)) in depths.iter().zip(leaves) {
        lengths[*symbol] = *depth;
    }
    lengths
}

/// Shorter codes come first, those of the same length in the order of their symbols.
fn codes<const N: usize>(lengths: &[u8; N]) -> [u16; N] {
    let mut of_length = [0; 16];
    for length in lengths {
        of_length[usize::from(*length)] += 1;
    }
    of_length[0] = 0;
    let mut next = [0_u16; 16];
    for length in 1..16 {
        next[length] = (next[length - 1] + of_length[length - 1]) << 1;
    }
    std::array::from_fn(|symbol| {
        let length = usize::from(lengths[symbol]);
        if length == 0 {
            return 0;
        }
        let code = next[length];
        next[length] += 1;
        code.reverse_bits() >> (16 - length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_example_of_the_specification() {
        // RFC 1951, 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4.
        let codes = codes(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let written = [0b010, 0b011, 0b100, 0b101, 0b110, 0b00, 0b1110, 0b1111];
        let lengths = [3, 3, 3, 3, 3, 2, 4, 4];
        for ((code, written), length) in codes.into_iter().zip(written).zip(lengths) {
            assert_eq!(code.reverse_bits() >> (16 - length), written);
        }
    }

    #[test]
    fn often_used_symbols_have_short_codes() {
        assert_eq!(Huffman::new(&[40, 0, 20, 10, 10], 15).lengths, [1, 0, 2, 3, 3]);
        assert_eq!(Huffman::new(&[7, 0, 0, 1], 15).lengths, [1, 0, 0, 1]);
    }

    #[test]
    fn no_code_is_longer_than_allowed() {
        let mut fibonacci = [1_u32; 40];
        for index in 2..40 {
            fibonacci[index] = fibonacci[index - 1] + fibonacci[index - 2];
        }
        assert_eq!(lengths(&fibonacci).into_iter().max(), Some(39));
        for most in [7, 15] {
            let lengths = Huffman::new(&fibonacci, most).lengths;
            assert!(lengths.into_iter().all(|length| (1..=most).contains(&length)));
            assert_eq!(share(&lengths), 1 << 15);
        }
    }

    proptest! {
        #[test]
        fn all_codes_are_used(counts in prop::array::uniform32(prop_oneof![Just(0_u32), 1..1000_u32])) {
            prop_assume!(counts.iter().filter(|count| **count > 0).count() > 1);
            prop_assert_eq!(share(&Huffman::new(&counts, 15).lengths), 1 << 15);
        }
    }

    /// How much of the codes is taken; 2^15 is all.
    fn share(lengths: &[u8]) -> u32 {
        lengths.iter().filter(|length| **length > 0).map(|length| 1 << (15 - length)).sum()
    }
}
