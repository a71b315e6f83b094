use crate::{Random, random::base62};
use std::collections::VecDeque;

/// The life of every token in seconds (protocol §1.1).
pub(crate) const LIFE: i64 = 7200;
/// How long a replaced token keeps working, in seconds (§1.1, §1.2).
pub(crate) const OVERLAP: i64 = 300;

/// The tokens of one endpoint, newest last.
pub(crate) struct TokenHistory {
    /// What the transcript calls them.
    name: &'static str,
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
    serial: u64,
    dies: Option<i64>,
}

impl TokenHistory {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, issued: VecDeque::new(), serial: 0 }
    }

    /// A new token and its life; the present one works for `overlap` more seconds.
    pub(crate) fn issue(&mut self, now: i64, overlap: i64, random: &Random) -> (String, i64) {
        self.end_present(now.saturating_add(overlap));
        if self.issued.len() == KEPT {
            self.issued.pop_front();
        }
        self.serial += 1;
        let text = format!("76_{}{}", random.letters(128), base62(self.serial, 5));
        let expires = now.saturating_add(LIFE);
        self.issued.push_back(Issued { text: text.clone(), expires, serial: self.serial, dies: None });
        (text, LIFE)
    }

    /// All tokens given so far are dead.
    pub(crate) fn revoke(&mut self, now: i64) {
        self.issued.iter_mut().for_each(|issued| issued.dies = Some(now));
    }

    /// The newest token, unless it was revoked.
    pub(super) fn newest(&self) -> Option<&Issued> {
        self.issued.back().filter(|newest| newest.dies.is_none())
    }

    pub(crate) fn standing(&self, text: &str, now: i64) -> Standing {
        match self.find(text) {
            None => Standing::Unknown,
            Some(issued) if issued.expires <= now => Standing::Expired,
            Some(issued) if issued.dies.is_some_and(|end| end <= now) => Standing::Superseded,
            Some(_) => Standing::Valid,
        }
    }

    /// `<stable 2>` for the second stable token.
    pub(crate) fn label(&self, text: &str) -> Option<String> {
        self.find(text).map(|issued| format!("<{} {}>", self.name, issued.serial))
    }

    fn find(&self, text: &str) -> Option<&Issued> {
        self.issued.iter().rev().find(|issued| issued.text == text)
    }

    fn end_present(&mut self, end: i64) {
        if let Some(present) = self.issued.back_mut() {
            present.dies = Some(present.dies.map_or(end, |dies| dies.min(end)));
        }
    }
}

/// Two days of classic tokens at the platform's own limit of 2000 a day.
const KEPT: usize = 4096;
