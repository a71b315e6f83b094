use crate::failure::Failure;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// A source of random bytes that fills the whole slice.
pub type RandomSource = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Where the random bytes of encrypted replies come from.
#[derive(Clone)]
pub(crate) enum Random {
    System,
    Given(RandomSource),
}

/// What one reply takes: the 16 bytes before the message and 4 for the nonce.
const DRAW: usize = 20;

impl Random {
    pub(crate) fn draw(&self) -> Result<[u8; DRAW], Failure> {
        let mut bytes = [0; DRAW];
        match self {
            Self::System => {
                let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
                pool.fill(&mut bytes).map_err(Failure::Random)?;
            }
            Self::Given(source) => source(&mut bytes),
        }
        Ok(bytes)
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Given(_) => "Given",
        })
    }
}

/// Bytes of the system for many replies, because a call of the system costs more than encrypting a reply does.
///
/// A process that forks without starting another program would have the same bytes in both halves. Even then nothing
/// could be read that was not before: they only keep two equal replies from looking equal.
static POOL: Mutex<Pool> = Mutex::new(Pool { bytes: [0; 50 * DRAW], left: 0 });

struct Pool {
    bytes: [u8; 50 * DRAW],
    left: usize,
}

impl Pool {
    fn fill(&mut self, wanted: &mut [u8; DRAW]) -> Result<(), getrandom::Error> {
        if self.left < DRAW {
            getrandom::fill(&mut self.bytes)?;
            self.left = self.bytes.len();
        }
        let taken = &mut self.bytes[self.left - DRAW..self.left];
        wanted.copy_from_slice(taken);
        taken.fill(0); // what was used must not be found in memory later
        self.left -= DRAW;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::HashSet, thread};

    #[test]
    fn no_two_draws_are_alike_and_what_was_drawn_is_gone() {
        let draw = || (0..500).map(|_| Random::System.draw().unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| thread::spawn(draw)).collect();
        let drawn: HashSet<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(drawn.len(), 2000);

        let pool = POOL.lock().unwrap();
        assert!(pool.bytes[pool.left..].iter().all(|byte| *byte == 0));
        assert!(!drawn.iter().any(|draw| pool.bytes.windows(8).any(|bytes| bytes == &draw[..8])));
    }
}
