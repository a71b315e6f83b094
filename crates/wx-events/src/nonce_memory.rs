use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A bounded memory of the requests that were accepted, so that nobody uses the timestamp and nonce (随机数) of one
/// with another message: [`Callback::nonce_memory`](crate::Callback::nonce_memory).
///
/// The same message again under the same timestamp and nonce is a retry of the platform, which is free to repeat
/// them (protocol §6.3): it is let through and called [a repeat](crate::ReceivedPush::is_repeat). Another message
/// under them is refused. It is the message that is compared, after decryption, because a retry may be encrypted anew.
///
/// What it is good for: in plain mode (明文模式), and for clear pushes in compatible mode (兼容模式), nothing signs
/// the body, so whoever has seen the query of a push could send any body with it. With this memory they cannot, once
/// the push itself has arrived.
///
/// What it cannot do:
///
/// - Who is faster than the push itself, or who has the query of a request that never arrived here (or of the GET
///   that checks the address), has a query that nothing is known about. Only safe mode (安全模式) helps.
/// - What was forgotten, by age or for want of room, is new again. With a
///   [time window](crate::Callback::time_window) of w seconds, an age of 2 w covers all the time in which a request
///   is accepted at all; without one, requests stay repeatable for ever.
/// - It is no deduplication (排重, protocol §8): a retry may come with a nonce of its own.
/// - It is the memory of one process, and is empty after a restart.
///
/// Clones share one memory, between threads as well. It has no clock: its time is the `now` of
/// [`Callback::open`](crate::Callback::open).
///
/// ```
/// use wx_events::{Callback, NonceMemory};
///
/// let memory = NonceMemory::new(100_000, 600); // about 10 MB when full
/// let callback = Callback::plain("ChannelToken2026".into()).time_window(300).nonce_memory(memory.clone());
/// assert_eq!(memory.len(), 0);
/// ```
#[derive(Clone)]
pub struct NonceMemory {
    capacity: usize,
    seconds: u32,
    remembered: Arc<Mutex<Remembered>>,
}

/// What a memory says about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    New,
    Repeat,
    OtherMessage,
}

pub(crate) type Digest = [u8; 20];

/// The oldest in front. Map and queue hold the same keys.
#[derive(Default)]
struct Remembered {
    messages: HashMap<Digest, Digest>,
    order: VecDeque<(Digest, i64)>,
}

impl NonceMemory {
    /// A memory of `capacity` requests, each for `seconds`. One more forgets the oldest, so the capacity should hold
    /// what may arrive in that time; a request takes about 100 bytes. A capacity of 0 remembers nothing.
    ///
    /// Only accepted requests are remembered, so nobody without the Token can fill it.
    pub fn new(capacity: usize, seconds: u32) -> Self {
        Self { capacity, seconds, remembered: Arc::default() }
    }

    /// How many requests are remembered now: never more than the capacity.
    pub fn len(&self) -> usize {
        self.lock().order.len()
    }

    /// Whether no request is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Remembers a request unless it is known. `signed` stands for Token, timestamp and nonce as they were signed.
    pub(crate) fn admit(&self, signed: Digest, message: Digest, now: i64) -> Admission {
        let mut remembered = self.lock();
        let oldest = now.saturating_sub(i64::from(self.seconds));
        remembered.forget_while(|_, since| since < oldest);
        match remembered.messages.get(&signed) {
            Some(known) if *known == message => Admission::Repeat,
            Some(_) => Admission::OtherMessage,
            None => {
                remembered.forget_while(|count, _| count >= self.capacity);
                if self.capacity > 0 {
                    remembered.messages.insert(signed, message);
                    remembered.order.push_back((signed, now));
                }
                Admission::New
            }
        }
    }

    /// A panic elsewhere leaves nothing half done here.
    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remembered {
    /// Forgets from the oldest on, while the condition holds for how many there are and for when the oldest came.
    fn forget_while(&mut self, condition: impl Fn(usize, i64) -> bool) {
        while let Some((signed, _)) =
            self.order.front().filter(|(_, since)| condition(self.order.len(), *since))
        {
            self.messages.remove(signed);
            self.order.pop_front();
        }
    }
}

impl fmt::Debug for NonceMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (capacity, seconds) = (self.capacity, self.seconds);
        write!(f, "NonceMemory({} of {capacity}, {seconds} s)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(number: u32) -> Digest {
        wx_crypto::digest([number.to_be_bytes()])
    }

    #[test]
    fn its_room_does_not_grow_with_what_passes_through() {
        let memory = NonceMemory::new(1000, 600);
        for number in 0..100_000 {
            assert_eq!(memory.admit(digest(number), digest(0), i64::from(number / 100)), Admission::New);
        }
        assert_eq!(memory.len(), 1000);
        let remembered = memory.lock();
        assert_eq!(remembered.messages.len(), 1000);
        assert!(remembered.messages.capacity() < 4000, "{}", remembered.messages.capacity());
        assert!(remembered.order.capacity() < 4000, "{}", remembered.order.capacity());
    }

    #[test]
    fn the_oldest_gives_way() {
        let memory = NonceMemory::new(2, 600);
        assert_eq!([1, 2, 1, 3].map(|number| memory.admit(digest(number), digest(0), 0)), {
            use Admission::{New, Repeat};
            [New, New, Repeat, New]
        });
        assert_eq!(memory.admit(digest(2), digest(9), 0), Admission::OtherMessage);
        assert_eq!(memory.admit(digest(1), digest(9), 0), Admission::New);
    }

    #[test]
    fn it_forgets_after_its_seconds_and_stands_a_clock_that_goes_back() {
        let memory = NonceMemory::new(10, 600);
        assert_eq!(memory.admit(digest(1), digest(1), 1000), Admission::New);
        assert_eq!(memory.admit(digest(1), digest(2), 1600), Admission::OtherMessage);
        assert_eq!(memory.admit(digest(1), digest(2), i64::MIN), Admission::OtherMessage);
        assert_eq!(memory.admit(digest(1), digest(2), 1601), Admission::New);
        assert_eq!((memory.len(), memory.is_empty()), (1, false));
        assert_eq!(memory.admit(digest(1), digest(2), i64::MAX), Admission::New);
    }

    #[test]
    fn without_room_it_remembers_nothing() {
        let memory = NonceMemory::new(0, 600);
        assert_eq!(memory.admit(digest(1), digest(1), 0), Admission::New);
        assert_eq!(memory.admit(digest(1), digest(2), 0), Admission::New);
        assert!(memory.is_empty());
        assert_eq!(format!("{memory:?}"), "NonceMemory(0 of 0, 600 s)");
    }
}
