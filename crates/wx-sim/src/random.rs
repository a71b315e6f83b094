use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Where the simulator takes random bytes: token and ticket texts, nonces, request ids, envelope salt.
///
/// Uniqueness never rests on it: tokens and tickets also carry a serial number, so even a source of zeros works.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Random {
    /// A source that is asked by calling `fill`.
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// The source of the operating system.
    ///
    /// # Panics
    ///
    /// Later, when bytes are asked for and the operating system has none to give.
    pub fn system() -> Self {
        Self::new(|buffer| getrandom::fill(buffer).expect("the operating system gives random bytes"))
    }

    /// The same bytes in every run, for tests that compare whole texts.
    pub fn seeded(seed: u64) -> Self {
        let state = AtomicU64::new(seed);
        Self::new(move |buffer| {
            for chunk in buffer.chunks_mut(8) {
                let word = mix(state.fetch_add(GOLDEN, Ordering::Relaxed).wrapping_add(GOLDEN));
                chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
            }
        })
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut buffer = [0; N];
        (self.0)(&mut buffer);
        buffer
    }

    pub(crate) fn number(&self) -> u32 {
        u32::from_le_bytes(self.bytes())
    }

    pub(crate) fn letters(&self, count: usize) -> String {
        let mut buffer = vec![0; count];
        (self.0)(&mut buffer);
        buffer.into_iter().map(|byte| char::from(BASE62[usize::from(byte) % 62])).collect()
    }
}

impl Default for Random {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

/// `number` in exactly `digits` characters of base 62, so that texts of different numbers differ.
pub(crate) fn base62(mut number: u64, digits: usize) -> String {
    let mut text = vec![b'0'; digits];
    for place in text.iter_mut().rev() {
        *place = BASE62[usize::try_from(number % 62).unwrap_or_default()];
        number /= 62;
    }
    text.into_iter().map(char::from).collect()
}

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Step of the SplitMix64 generator.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_texts_again_and_other_texts_next() {
        let (one, two) = (Random::seeded(7), Random::seeded(7));
        let first = one.letters(20);
        assert_eq!(first, two.letters(20));
        assert_ne!(first, one.letters(20));
    }

    #[test]
    fn numbers_keep_their_width() {
        assert_eq!(base62(0, 5), "00000");
        assert_eq!(base62(62 + 1, 5), "00011");
    }
}
