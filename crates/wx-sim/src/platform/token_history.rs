use crate::{Random, random::base62};
use std::collections::VecDeque;

/// The life of every token in seconds (protocol §1.1).
pub(super) const LIFE: i64 = 7200;
/// How long a replaced token keeps working, in seconds (§1.1, §1.2).
pub(super) const OVERLAP: i64 = 300;

/// The tokens of one endpoint, newest last.
#[derive(Default)]
pub(super) struct TokenHistory {
    issued: VecDeque<Issued>,
    serial: u64,
}

/// How a text stands as access token (protocol §1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Valid,
    /// Its 7200 seconds are over: 42001.
    Expired,
    /// A newer token took its place and the overlap is over: 40001.
    Superseded,
    /// Never given out: 40014.
    Unknown,
}

pub(super) struct Issued {
    pub(super) text: String,
    pub(super) expires: i64,
    dies: Option<i64>,
}

impl TokenHistory {
    /// A new token; the present one works for `overlap` more seconds.
    pub(super) fn issue(&mut self, now: i64, overlap: i64, random: &Random) -> (String, i64) {
        if let Some(present) = self.issued.back_mut() {
            present.dies = Some(now + overlap);
        }
        if self.issued.len() == KEPT {
            self.issued.pop_front();
        }
        self.serial += 1;
        let text = format!("76_{}{}", random.letters(128), base62(self.serial, 5));
        self.issued.push_back(Issued { text: text.clone(), expires: now + LIFE, dies: None });
        (text, LIFE)
    }

    pub(super) fn newest(&self) -> Option<&Issued> {
        self.issued.back()
    }

    pub(super) fn standing(&self, text: &str, now: i64) -> Standing {
        match self.issued.iter().rev().find(|issued| issued.text == text) {
            None => Standing::Unknown,
            Some(issued) if issued.expires <= now => Standing::Expired,
            Some(issued) if issued.dies.is_some_and(|end| end <= now) => Standing::Superseded,
            Some(_) => Standing::Valid,
        }
    }
}

/// Two days of classic tokens at the platform's own limit of 2000 a day.
const KEPT: usize = 4096;
