use crate::{Random, random::base62};
use std::collections::{HashMap, VecDeque};

/// Long texts behind short keys (短 key 托管, protocol §4.2); the newest [`KEPT`].
#[derive(Default)]
pub(crate) struct ShortKeys {
    by_key: HashMap<String, Long>,
    oldest_first: VecDeque<String>,
    serial: u64,
}

pub(crate) struct Long {
    pub(crate) text: String,
    pub(crate) created: i64,
    expires: i64,
}

impl ShortKeys {
    /// A key of 15 letters and digits.
    pub(crate) fn create(&mut self, text: String, now: i64, seconds: u32, random: &Random) -> String {
        if self.oldest_first.len() == KEPT
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.by_key.remove(&oldest);
        }
        self.serial += 1;
        let key = random.letters(10) + &base62(self.serial, 5);
        let expires = now.saturating_add(i64::from(seconds));
        self.by_key.insert(key.clone(), Long { text, created: now, expires });
        self.oldest_first.push_back(key.clone());
        key
    }

    /// The text behind a key and its remaining seconds; nothing once they are over.
    pub(crate) fn find(&self, key: &str, now: i64) -> Option<(&Long, i64)> {
        let long = self.by_key.get(key)?;
        let remaining = long.expires.saturating_sub(now);
        (remaining > 0).then_some((long, remaining))
    }
}

const KEPT: usize = 20_000;
